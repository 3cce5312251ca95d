"use client";

import { ChevronDown, Play } from "lucide-react";
import { useKeyLabel } from "#components/shell/key-label.ts";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { BusyRing, buttonClass } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Menu } from "#components/ui/menu.tsx";
import type { RunScope } from "../run/make-spec.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

interface RunButtonProps {
  busy: boolean;
  onRun: (scope: RunScope) => void;
  /** With the dialog. */
  onConfigure: () => void;
}

/** Runs the pipeline; the menu runs a part of it, or asks how first. */
export function RunButton({ busy, onRun, onConfigure }: RunButtonProps) {
  const { selection, model } = useDesigner();
  const chosen = useStore(selection, (now) => (now.size === 1 ? [...now][0] : undefined));
  const step = useStore(model, ({ byId }) => {
    const view = chosen === undefined ? undefined : byId.get(chosen);
    return view?.kind === "step" ? view : undefined;
  });
  const keys = useKeyLabel("mod+enter");
  const count = useStore(model, ({ nodes }) => nodes.length);
  const empty = count === 0;
  useShortcut({
    keys: "mod+enter",
    label: "Run the pipeline",
    group: "Designer",
    run: () => (busy || empty ? false : onRun(null)),
  });
  return (
    <div className="flex">
      <button
        type="button"
        disabled={empty}
        aria-busy={busy || undefined}
        onClick={() => !busy && onRun(null)}
        className={cn(buttonClass({ variant: "primary" }, empty), "rounded-r-none")}
      >
        {busy ? <BusyRing /> : <Play size={14} />}
        {busy ? "Starting" : "Run"}
        <span className="font-normal max-wide:hidden">{keys}</span>
      </button>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            aria-label="More ways to run"
            disabled={empty}
            className={cn(
              buttonClass({ variant: "primary" }, empty),
              "w-6 rounded-l-none border-on-accent/30 border-l px-0",
            )}
          >
            <ChevronDown size={14} />
          </button>
        }
        items={[
          { label: "Run with…", help: "Experiment, inputs, compute", onSelect: onConfigure },
          { separator: true },
          {
            label: "Run to here",
            help: step ? `${step.title} and what it needs` : "Select a step first",
            disabled: !step,
            onSelect: () => step && onRun({ to: step.id, again: false }),
          },
          {
            label: "Run this step",
            help: step ? `${step.title} again, what it needs is reused` : "Select a step first",
            disabled: !step,
            onSelect: () => step && onRun({ to: step.id, again: true }),
          },
        ]}
      />
    </div>
  );
}
