"use client";

import { cn } from "#components/ui/cn.ts";
import { formatCount, formatPercent } from "#components/ui/format.ts";
import { ClassMatrix } from "./confusion-matrix.tsx";
import type { ClassMeasures } from "./evaluation-model.ts";
import { MetricTiles } from "./metric-tiles.tsx";
import type { TaskViewProps } from "./task-view.ts";
import { metricTiles } from "./tiles.ts";

/** Any number of classes: measures, and what was taken for what. */
export function MulticlassView({ inputs, names, state, onState }: TaskViewProps) {
  const [main, other] = inputs;
  if (!main) return null;
  return (
    <>
      <MetricTiles tiles={metricTiles(main, other, names[1] ?? "")} />
      <div className={cn("grid gap-px bg-line", inputs.length > 1 && "@4xl:grid-cols-2")}>
        {inputs.map((input, index) => {
          const suffix = inputs.length > 1 ? `, ${names[index]}` : "";
          return (
            <div key={input.name} className="flex min-w-0 flex-col gap-8 bg-panel p-5">
              {input.confusion ? (
                <ClassMatrix
                  title={`Confusion matrix${suffix}`}
                  confusion={input.confusion}
                  form={state.counts}
                  onForm={(form) => onState({ counts: form })}
                />
              ) : null}
              {input.classes && input.classes.length > 0 ? (
                <ClassTable title={`Each class${suffix}`} classes={input.classes} />
              ) : null}
            </div>
          );
        })}
      </div>
    </>
  );
}

function ClassTable({ title, classes }: { title: string; classes: readonly ClassMeasures[] }) {
  return (
    <section aria-label={title} className="min-w-0 max-w-[560px] overflow-x-auto">
      <h2 className="mb-1 text-section">{title}</h2>
      <table className="w-full text-body tabular-nums">
        <thead className="text-secondary text-ink-3">
          <tr className="border-line border-b">
            {["Class", "Rows", "Precision", "Recall", "F1"].map((head, index) => (
              <th
                key={head}
                scope="col"
                className={cn("h-8 pl-3 font-medium", index === 0 ? "pl-0 text-left" : "text-right")}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((one) => (
            <tr key={one.label} className="border-line border-b">
              <th scope="row" className="h-8 max-w-40 truncate text-left font-medium">
                {one.label}
              </th>
              <td className="pl-3 text-right">{formatCount(one.rows)}</td>
              <td className="pl-3 text-right">{formatPercent(one.precision)}</td>
              <td className="pl-3 text-right">{formatPercent(one.recall)}</td>
              <td className="pl-3 text-right">{one.f1.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
