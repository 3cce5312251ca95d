import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

export interface MetricTile {
  label: string;
  value: string;
  /** Against the other input. */
  change?: { difference: number; text: string; better: "up" | "down" | "none"; against: string } | undefined;
  /** In place of a change: "89% if always “no”". */
  note?: ReactNode;
}

/** The key results in a row, each with what changed. */
export function MetricTiles({ tiles }: { tiles: readonly MetricTile[] }) {
  const noted = tiles.some(({ change, note }) => change !== undefined || note !== undefined);
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(148px,1fr))] gap-px border-line border-b bg-line">
      {tiles.map((tile) => (
        <div key={tile.label} className="flex flex-col bg-panel px-5 py-4">
          <dt className="text-secondary text-ink-2">{tile.label}</dt>
          <dd className="mt-0.5 text-page tabular-nums">{tile.value}</dd>
          {noted ? (
            <dd className="mt-1 min-h-4 text-secondary text-ink-3 tabular-nums">
              {tile.change ? <Change {...tile.change} /> : tile.note}
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

function Change({ difference, text, better, against }: NonNullable<MetricTile["change"]>) {
  if (difference === 0) return `same as ${against}`;
  const up = difference > 0;
  const tone = better === "none" ? "text-ink-2" : up === (better === "up") ? "text-completed" : "text-failed";
  return (
    <>
      <span className={cn(tone)}>
        <span aria-hidden="true">{up ? "▲" : "▼"}</span>
        <span className="sr-only">{up ? "more by" : "less by"}</span> {text}
      </span>{" "}
      vs {against}
    </>
  );
}
