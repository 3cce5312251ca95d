"use client";

import { formatCount } from "#components/ui/format.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { BinaryView } from "./binary-view.tsx";
import { ClusterView } from "./cluster-view.tsx";
import type { Evaluation } from "./evaluation-model.ts";
import { type EvaluationState, evaluationView } from "./evaluation-state.ts";
import { classNames, inputNames } from "./evaluation-words.ts";
import { MulticlassView } from "./multiclass-view.tsx";
import { RegressionView } from "./regression-view.tsx";
import type { TaskViewProps } from "./task-view.ts";
import type { EvaluationPlace } from "./use-evaluation.ts";

const views = {
  binary: BinaryView,
  multiclass: MulticlassView,
  regression: RegressionView,
  clustering: ClusterView,
} as const satisfies Record<Evaluation["task"], (props: TaskViewProps) => React.ReactNode>;

/** "6,000 scored rows, 675 yes". */
function describeRows(evaluation: Evaluation, index: number): string {
  const input = evaluation.inputs[index];
  if (!input) return "";
  const rows = `${formatCount(input.rows)} scored rows`;
  if (evaluation.task !== "binary" || input.positives == null) return rows;
  return `${rows}, ${formatCount(input.positives)} ${classNames(input)[1]}`;
}

export interface EvaluationViewProps {
  evaluation: Evaluation;
  place: EvaluationPlace | null;
}

/** The result of Evaluate Model. With two inputs one is looked at and the other is what it is compared with. */
export function EvaluationView({ evaluation, place }: EvaluationViewProps) {
  const [state, setState] = useUrlState<EvaluationState>(evaluationView);
  const two = evaluation.inputs.length > 1;
  const swapped = two && state.of === "1";
  const names = inputNames(evaluation);
  const inputs = swapped ? [...evaluation.inputs].reverse() : evaluation.inputs;
  const View = views[evaluation.task];
  return (
    <div className="@container min-w-0">
      <div className="flex flex-wrap items-center gap-3 border-line border-b px-5 py-2.5">
        <Tag>{describeRows(evaluation, swapped ? 1 : 0)}</Tag>
        {two ? (
          <div className="ml-auto flex flex-wrap items-center gap-2 text-secondary text-ink-2">
            Look at
            <Segmented
              label="Which input is looked at"
              options={[
                { value: "0", label: names[0] ?? "first" },
                { value: "1", label: names[1] ?? "second" },
              ]}
              value={state.of}
              onValueChange={(of) => setState({ of })}
            />
          </div>
        ) : null}
      </div>
      <View
        inputs={inputs}
        names={swapped ? [...names].reverse() : names}
        state={state}
        place={place}
        onState={setState}
      />
    </div>
  );
}
