"use client";

import { Segmented } from "#components/ui/segmented.tsx";
import { text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { RunFiles } from "./run-files.tsx";

const view = { of: text("artifacts") };

/** What the run wrote: artifacts, logs and `outputs/`, and each named output. */
export function RunOutputs({ workspace, run }: { workspace: string; run: RunDetails }) {
  const [{ of }, setView] = useUrlState(view);
  const named = run.outputs.filter((port) => port.available).map((port) => `outputs.${port.name}`);
  const sets = ["artifacts", ...named];
  const chosen = sets.includes(of) ? of : "artifacts";
  return (
    <>
      {sets.length > 1 ? (
        <div className="px-4 pt-3 sm:px-6">
          <Segmented
            label="Which files"
            options={sets.map((value) => ({
              value,
              label: value === "artifacts" ? "Artifacts" : value.slice(8),
            }))}
            value={chosen}
            onValueChange={(value) => setView({ of: value })}
          />
        </div>
      ) : null}
      <RunFiles
        workspace={workspace}
        run={run.name}
        of={chosen}
        emptyTitle="No files yet"
        emptyText="What the script writes to outputs/ is here when the run has ended; what it logs with MLflow is here at once."
      />
    </>
  );
}
