"use client";

import type { TaskViewProps } from "./binary-view.tsx";
import { ClassMatrix } from "./confusion-matrix.tsx";
import { MetricTiles } from "./metric-tiles.tsx";
import { metricTiles } from "./tiles.ts";

/** Any number of classes: measures, and what was taken for what. */
export function MulticlassView({ inputs, names, state, onState }: TaskViewProps) {
  const [main, other] = inputs;
  if (!main) return null;
  return (
    <>
      <MetricTiles tiles={metricTiles(main, other, names[1] ?? "")} />
      <div className="grid gap-px bg-line @4xl:grid-cols-[repeat(auto-fit,minmax(400px,1fr))]">
        {inputs.map((input, index) =>
          input.confusion ? (
            <div key={input.name} className="min-w-0 bg-panel p-5">
              {inputs.length > 1 ? <p className="mb-2 text-secondary text-ink-2">{names[index]}</p> : null}
              <ClassMatrix
                confusion={input.confusion}
                form={state.counts}
                onForm={(form) => onState({ counts: form })}
              />
            </div>
          ) : null,
        )}
      </div>
    </>
  );
}
