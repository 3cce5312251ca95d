import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import type { RunDetails } from "#lib/runs/model.ts";

interface RunNoticesProps {
  workspace: string;
  run: RunDetails;
  /** Left out for who may not. */
  onRestore: (() => void) | undefined;
}

/** What must be known before the rest: that the run is deleted, that its results are those of another. */
export function RunNotices({ workspace, run, onRestore }: RunNoticesProps) {
  const reused = run.tags["azureml.reusedrunid"];
  return (
    <>
      {run.deleted ? (
        <Notice
          className="mx-4 mt-4 sm:mx-6"
          actions={
            onRestore ? (
              <Button size="sm" onClick={onRestore}>
                Bring it back
              </Button>
            ) : undefined
          }
        >
          This run is deleted. It is in no list.
        </Notice>
      ) : null}
      {reused ? (
        <Notice
          tone="good"
          className="mx-4 mt-4 sm:mx-6"
          actions={
            <ButtonLink size="sm" href={`/${workspace}/runs/${reused}`}>
              Open it
            </ButtonLink>
          }
        >
          Nothing had changed, so this step took the results of {reused}.
        </Notice>
      ) : null}
    </>
  );
}
