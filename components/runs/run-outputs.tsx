"use client";

import { isValue, OutputValues } from "#components/run-outputs/output-values.tsx";
import { OutputView } from "#components/run-outputs/output-view.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { RunFiles } from "./run-files.tsx";

const view = { of: text() };
/** With more than these a list takes less room than buttons side by side. */
const mostButtons = 4;

interface RunOutputsProps {
  workspace: string;
  run: RunDetails;
  mayChange: boolean;
}

/** What the run wrote: each named output, and its artifacts, logs and `outputs/`. */
export function RunOutputs({ workspace, run, mayChange }: RunOutputsProps) {
  const [{ of }, setView] = useUrlState(view);
  const values = run.outputs.filter((port) => port.available && isValue(port));
  const named = run.outputs
    .filter((port) => port.available && !isValue(port))
    .map((port) => `outputs.${port.name}`);
  // A step of the designer is its ports; a script is foremost what it logged.
  const isStep = run.outputs.some(({ type }) => ["data_frame", "trained_model", "transform"].includes(type));
  const sets = isStep ? [...named, "artifacts"] : ["artifacts", ...named];
  const chosen = sets.includes(of) ? of : (sets[0] ?? "artifacts");
  const options = sets.map((value) => ({
    value,
    label: value === "artifacts" ? "Artifacts" : value.slice("outputs.".length),
  }));
  const choose = (value: string) => setView({ of: value });
  const files = (
    <RunFiles
      workspace={workspace}
      run={run.name}
      of={chosen}
      emptyTitle="No files yet"
      emptyText="What the script writes to outputs/ is here when the run has ended; what it logs with MLflow is here at once."
    />
  );
  return (
    <>
      {values.length > 0 ? <OutputValues ports={values} /> : null}
      {sets.length > 1 ? (
        <div className="px-4 pt-3 sm:px-6">
          {sets.length <= mostButtons ? (
            <Segmented label="Which files" options={options} value={chosen} onValueChange={choose} />
          ) : (
            <Select
              aria-label="Which files"
              variant="button"
              options={options}
              value={chosen}
              onValueChange={choose}
            />
          )}
        </div>
      ) : null}
      {chosen === "artifacts" ? (
        files
      ) : (
        <OutputView
          key={chosen}
          workspace={workspace}
          run={run.name}
          output={chosen.slice("outputs.".length)}
          mayChange={mayChange}
          files={files}
        />
      )}
    </>
  );
}
