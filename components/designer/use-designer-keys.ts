"use client";

import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { useToast } from "#components/ui/toast.tsx";
import { fitWhole } from "./canvas/fit.ts";
import { useAddComment } from "./canvas/use-add-comment.ts";
import { useTidy } from "./canvas/use-tidy.ts";
import { closePreview } from "./preview/open-previews.ts";
import {
  duplicateSelected,
  findFreePlace,
  groupSelected,
  removeSelected,
  say,
  select,
  selectedNodes,
  ungroupSelected,
} from "./session/acts.ts";
import { useDesigner } from "./session/designer.ts";
import { patch } from "./session/store.ts";
import { usePanels } from "./session/use-panels.ts";

const group = "Designer";

/** A field, an editor or a text that is selected keeps its own copy, paste and undo. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input, textarea, select, .cm-editor *") ||
    target.closest("[role=dialog]") !== null
  );
}

function useClipboard() {
  const designer = useDesigner();
  const toast = useToast();
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || window.getSelection()?.isCollapsed === false) return;
      const nodes = selectedNodes(designer);
      if (nodes.length === 0) return;
      event.clipboardData?.setData("text/plain", designer.document.copyAsText(nodes));
      event.preventDefault();
      say(designer, nodes.length === 1 ? "1 step is copied" : `${nodes.length} steps are copied`);
      if (event.type === "cut" && designer.mayEdit) removeSelected(designer);
    };
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || !designer.mayEdit) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!/^\s*(jobs|inputs|type|\$schema|\{)/m.test(text)) return;
      event.preventDefault();
      try {
        const ids = designer.document.pasteText(text);
        select(designer, ids);
        say(designer, ids.length === 1 ? "1 step is pasted" : `${ids.length} steps are pasted`);
      } catch (error) {
        toast({
          title: "This text is no part of a pipeline",
          detail: error instanceof Error ? error.message : undefined,
          kind: "warning",
        });
      }
    };
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [designer, toast]);
}

/** The keys of the designer that act wherever the focus is. */
export function useDesignerKeys(): void {
  const designer = useDesigner();
  const panels = usePanels();
  const flow = useReactFlow();
  const tidy = useTidy();
  const comment = useAddComment();
  const { mayEdit, document } = designer;
  useClipboard();
  const edit = (keys: string, label: string, run: (event: KeyboardEvent) => unknown) =>
    mayEdit
      ? { keys, label, group, run: (event: KeyboardEvent) => (isTyping(event.target) ? false : run(event)) }
      : null;
  useShortcut(
    edit("a", "Add a module", () => {
      const at = findFreePlace(designer);
      const box = window.document.querySelector(".designer-canvas")?.getBoundingClientRect();
      const screen = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2 - 150, y: (box?.top ?? 0) + 80 };
      patch(panels, { quickAdd: { screen, at, from: null } });
    }),
  );
  const remove = () => {
    const had = window.document.activeElement?.closest(".react-flow__node, .react-flow__edge");
    removeSelected(designer);
    // What had the focus is gone: Tab goes on from the canvas, not from the top of the page.
    if (had) window.document.querySelector<HTMLElement>(".designer-canvas")?.focus();
  };
  useShortcut(edit("delete", "Remove what is selected", remove));
  useShortcut(edit("backspace", "Remove what is selected", remove));
  useShortcut(edit("mod+d", "Duplicate what is selected", () => duplicateSelected(designer)));
  useShortcut(edit("mod+g", "Group what is selected", () => groupSelected(designer)));
  useShortcut(edit("mod+shift+g", "Ungroup what is selected", () => ungroupSelected(designer)));
  useShortcut(edit("m", "Add a comment", comment));
  useShortcut(edit("mod+z", "Undo", () => document.undo()));
  useShortcut(edit("mod+shift+z", "Redo", () => document.redo()));
  useShortcut(edit("mod+y", "Redo", () => document.redo()));
  useShortcut(edit("l", "Tidy the layout", () => void tidy()));
  useShortcut({
    keys: "mod+a",
    label: "Select all steps",
    group,
    run: (event) => {
      if (isTyping(event.target)) return false;
      select(designer, designer.model.get().byId.keys());
    },
  });
  useShortcut({ keys: "mod+f", label: "Find a step", group, run: () => patch(panels, { find: true }) });
  useShortcut({
    keys: "o",
    label: "Outline of steps",
    group,
    run: () => patch(panels, { outline: !panels.get().outline }),
  });
  useShortcut({
    keys: "f",
    label: "See all of it",
    group,
    run: () => void flow.fitView(fitWhole),
  });
  useShortcut({ keys: "+", label: "Larger", group, run: () => void flow.zoomIn() });
  useShortcut({ keys: "-", label: "Smaller", group, run: () => void flow.zoomOut() });
  useShortcut({
    keys: "escape",
    label: "Close the cards, select nothing",
    group,
    run: () => {
      const open = designer.previews.get();
      if (open.length === 0 && designer.selection.get().size === 0) return false;
      for (const one of open) closePreview(designer, one);
      if (open.length === 0) select(designer, []);
    },
  });
}
