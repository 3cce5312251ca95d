"use client";

import { formatCount, formatNumber, missing } from "#components/ui/format.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { columnTitle } from "./evaluation-words.ts";
import { MetricTiles } from "./metric-tiles.tsx";
import type { TaskViewProps } from "./task-view.ts";
import { metricTiles } from "./tiles.ts";

type Cell = string | number | boolean | null | undefined;

function show(value: Cell): string {
  if (value === null || value === undefined || value === "") return missing;
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}

/** Clusters: how far their rows are from their own centre and from the others. */
export function ClusterView({ inputs, names }: TaskViewProps) {
  const [main, other] = inputs;
  if (!main) return null;
  return (
    <>
      <MetricTiles tiles={metricTiles(main, other, names[1] ?? "")} />
      {inputs.map((input, index) => {
        const rows = input.clusters ?? [];
        const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        if (rows.length === 0) return null;
        const title = inputs.length > 1 ? `Clusters, ${names[index]}` : "Clusters";
        return (
          <div key={input.name} className="p-5">
            <h2 className="mb-2 text-section">{title}</h2>
            <ScrollRegion aria-label={`${title}, table`} className="overflow-x-auto">
              <table className="w-full text-body tabular-nums">
                <thead className="text-secondary text-ink-3">
                  <tr className="border-line border-b">
                    {keys.map((key, column) => (
                      <th
                        key={key}
                        scope="col"
                        className={`h-8 px-3 font-medium first:pl-0 ${column === 0 ? "text-left" : "text-right"}`}
                      >
                        {columnTitle(key)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, line) => (
                    <tr key={line} className="border-line border-b">
                      {keys.map((key, column) =>
                        column === 0 ? (
                          <th key={key} scope="row" className="h-8 pr-3 text-left font-medium">
                            {show(row[key])}
                          </th>
                        ) : (
                          <td key={key} className="px-3 text-right">
                            {show(row[key])}
                          </td>
                        ),
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          </div>
        );
      })}
    </>
  );
}
