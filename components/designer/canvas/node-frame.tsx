import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { NodeTone } from "../model/node-tone.ts";

const edges: Record<NodeTone, string> = {
  plain: "border-line-2 bg-panel",
  running: "border-running bg-panel",
  waiting: "border-dashed border-line-2 bg-subtle",
  failed: "border-failed bg-panel",
  added: "border-completed bg-completed-tint",
  removed: "border-dashed border-failed bg-failed-tint opacity-80",
  changed: "border-warning bg-warning-tint",
};

interface NodeFrameProps {
  tone: NodeTone;
  selected: boolean;
  /** The colour of somebody else who has it selected. */
  personHue?: number | undefined;
  icon: ReactNode;
  title: string;
  mark?: ReactNode;
  children: ReactNode;
}

/** The box of a node: two lines, 56 high. */
export function NodeFrame({ tone, selected, personHue, icon, title, mark, children }: NodeFrameProps) {
  return (
    <div
      style={personHue === undefined || selected ? undefined : { outlineColor: `var(--person-${personHue})` }}
      className={clsx(
        "relative flex h-14 w-full flex-col justify-center overflow-hidden rounded-card border px-2.5 text-ink",
        edges[tone],
        selected && "border-transparent outline-2 outline-accent -outline-offset-1",
        personHue !== undefined && !selected && "outline-2 outline-offset-2",
      )}
    >
      <div className="flex items-center gap-2 text-node">
        <span className="flex text-ink-2 [&_svg]:size-4">{icon}</span>
        <span className="whitespace-nowrap">{title}</span>
        {mark}
      </div>
      <div className="flex h-4.5 min-w-0 items-center gap-1.5 text-secondary text-ink-3">{children}</div>
    </div>
  );
}
