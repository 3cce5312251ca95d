"use client";

import { X } from "lucide-react";
import { SeriesKey } from "#components/charts/marker.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { AddRun } from "./add-run.tsx";

export interface CompareChipsProps {
  workspace: string;
  runs: readonly RunDetails[];
  /** In order, also those that have not come yet. */
  names: readonly string[];
  onChange: (names: string[]) => void;
}

/** Another of the runs is called the same, as after "Run again". */
function isNamesake(run: RunDetails, runs: readonly RunDetails[]): boolean {
  return runs.some(({ name, displayName }) => name !== run.name && displayName === run.displayName);
}

/** The runs with the marks that they have in every chart of the page. */
export function CompareChips({ workspace, runs, names, onChange }: CompareChipsProps) {
  return (
    <ul aria-label="Compared runs" className="flex flex-wrap items-center gap-2">
      {runs.map((run, index) => (
        <li
          key={run.name}
          className="flex h-8 min-w-0 max-w-full items-center gap-2 rounded-control border border-line-2 bg-panel pr-1.5 pl-2.5 max-sm:h-11"
        >
          <SeriesKey index={index} />
          <Link href={`/${workspace}/runs/${run.name}`} className="truncate text-name hover:underline">
            {run.displayName}
          </Link>
          {isNamesake(run, runs) ? <span className="flex-none text-code text-ink-3">{run.name}</span> : null}
          {index === 0 ? (
            <Tag tone="accent">baseline</Tag>
          ) : (
            <Tooltip label="Compare the others with this one">
              <button
                type="button"
                className="touch-target rounded-tag px-1 text-secondary text-ink-3 hover:bg-hover hover:text-ink"
                onClick={() => onChange([run.name, ...names.filter((name) => name !== run.name)])}
              >
                as baseline
              </button>
            </Tooltip>
          )}
          <button
            type="button"
            aria-label={`Take ${run.displayName} out`}
            onClick={() => onChange(names.filter((name) => name !== run.name))}
            className="touch-target rounded-check p-0.5 text-ink-3 hover:text-ink"
          >
            <X size={14} />
          </button>
        </li>
      ))}
      <li>
        <AddRun workspace={workspace} chosen={names} onAdd={(name) => onChange([...names, name])} />
      </li>
    </ul>
  );
}
