"use client";

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useShortcut } from "#components/shell/shortcuts.ts";

export interface RowKeysOptions {
  /** J, K, X act anywhere on the page; arrows and Enter always act on a row that has the focus. */
  on: boolean;
  count: number;
  scroller: RefObject<HTMLDivElement | null>;
  scrollTo: (index: number) => void;
  open: (index: number) => void;
  select: (index: number, range: boolean) => void;
  selectable: boolean;
  /** Clears the selection, while there is one. */
  clear: (() => void) | undefined;
}

/** The row that has the keys: it takes the focus when it moves, also when it was out of view. */
export function useRowKeys(options: RowKeysOptions) {
  const { on, count, scroller, scrollTo, open, select, selectable, clear } = options;
  const [cursor, setCursor] = useState(0);
  const [wanted, setWanted] = useState<number | null>(null);
  const begun = useRef(false);

  // The row may be drawn only after the scroll, so this looks again each time something was drawn.
  useEffect(() => {
    if (wanted === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    setWanted(null);
  });

  function move(to: number) {
    const next = Math.max(0, Math.min(count - 1, to));
    begun.current = true;
    setCursor(next);
    setWanted(next);
    scrollTo(next);
  }

  const inside = () => scroller.current?.contains(document.activeElement) ?? false;
  const group = "Tables";
  useShortcut(
    on
      ? {
          keys: "j",
          label: "Next row",
          group,
          run: () => move(begun.current || inside() ? cursor + 1 : cursor),
        }
      : null,
  );
  useShortcut(on ? { keys: "k", label: "Previous row", group, run: () => move(cursor - 1) } : null);
  useShortcut(
    on && selectable ? { keys: "x", label: "Select the row", group, run: () => select(cursor, false) } : null,
  );
  useShortcut(
    on && selectable
      ? { keys: "shift+x", label: "Select up to the row", group, run: () => select(cursor, true) }
      : null,
  );
  useShortcut(on && clear ? { keys: "escape", label: "Clear the selection", group, run: clear } : null);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const onRow = event.target instanceof HTMLElement && event.target.dataset.row !== undefined;
    if (!onRow || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };
    const step = steps[event.key];
    if (step !== undefined) move(cursor + step);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(count - 1);
    else if (event.key === "Enter") open(cursor);
    else if (event.key === " " && selectable) select(cursor, event.shiftKey);
    else return;
    event.preventDefault();
  }

  return { cursor: Math.min(cursor, Math.max(0, count - 1)), setCursor, onKeyDown };
}
