import { filterCodec } from "#components/datasets/filter-codec.ts";
import type { OutputTable } from "#lib/run-outputs/model.ts";
import type { RowFilter } from "#lib/tables/model.ts";
import { type Counts, plainThreshold } from "./thresholds.ts";

export interface Mistakes {
  workspace: string;
  /** The run of the step that scored, and its output. */
  run: string;
  output: string;
  table: OutputTable | null;
  names: [negative: string, positive: string];
  counts: Pick<Counts, "threshold">;
  /** Rows of the positive class below the threshold, or of the other one from it on. */
  kind: "missed" | "alarms";
}

const probability = "Scored Probabilities";

/** The scored table, filtered to the rows that a threshold gets wrong; null where it has no label or probability. */
export function mistakesHref({
  workspace,
  run,
  output,
  table,
  names,
  counts,
  kind,
}: Mistakes): string | null {
  const label = table?.columns.find(({ name }) => table.meanings[name]?.role === "label")?.name;
  if (label === undefined || !table?.columns.some(({ name }) => name === probability)) return null;
  const value = plainThreshold(counts.threshold);
  const filters: RowFilter[] =
    kind === "missed"
      ? [
          { column: label, operator: "=", value: names[1] },
          { column: probability, operator: "<", value },
        ]
      : [
          { column: label, operator: "=", value: names[0] },
          { column: probability, operator: ">=", value },
        ];
  const query = new URLSearchParams({
    tab: "outputs",
    of: `outputs.${output}`,
    filters: filterCodec.format(filters) ?? "",
    sort: kind === "missed" ? probability : `-${probability}`,
  });
  return `/${workspace}/runs/${run}?${query}`;
}
