"use client";

import { isValue } from "#components/run-outputs/output-values.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { DescriptionEditor } from "#components/words/description-editor.tsx";
import { TagEditor } from "#components/words/tag-editor.tsx";
import type { RunDetails, RunPort } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { environmentHref, experimentHref } from "./links.ts";
import { RunModels } from "./run-models.tsx";
import { SinceGoodRun } from "./since-good-run.tsx";
import { useRunChange } from "./use-run-change.ts";

interface RunFactsProps {
  workspace: string;
  run: RunDetails;
  mayChange: boolean;
  /** Opens the dialog that registers a model. */
  onRegister: () => void;
}

const typeWords: Record<string, string> = { command: "Command", pipeline: "Pipeline" };
const assetPages: Record<string, string> = { dataset: "data", model: "models", environment: "environments" };

function PortValue({
  workspace,
  port,
  direction,
  ended,
}: {
  workspace: string;
  port: RunPort;
  direction: "input" | "output";
  ended: boolean;
}) {
  if (port.type === "literal" || isValue(port))
    return <span className="break-words text-code">{port.value}</span>;
  const page = port.asset ? assetPages[port.asset.kind] : undefined;
  if (port.asset && page) {
    return (
      <Link
        className="link"
        href={`/${workspace}/${page}/${encodeURIComponent(port.asset.name)}?version=${port.asset.version}`}
      >
        {port.asset.name}:{port.asset.version}
      </Link>
    );
  }
  if (direction === "output" && !port.available)
    return <span className="text-ink-3">{ended ? "not written" : "written when the run completes"}</span>;
  return <span className="break-all text-code">{port.uri || port.type}</span>;
}

function EnvironmentLink({ workspace, name }: { workspace: string; name: string }) {
  const href = environmentHref(workspace, name);
  if (href === null) return name;
  return (
    <Link className="link" href={href}>
      {name}
    </Link>
  );
}

/** Without those of clients. */
function ownTags(run: RunDetails): Record<string, string> {
  return Object.fromEntries(Object.entries(run.tags).filter(([key]) => !key.startsWith("mlflow.")));
}

/** What the run is: who, where, with what. */
export function RunFacts({ workspace, run, mayChange, onRegister }: RunFactsProps) {
  const change = useRunChange(workspace, run.name);
  const params = Object.entries(run.params).map(([label, value]) => ({ label, value }));
  const ports = [
    ...run.inputs
      .filter((port) => port.type !== "literal")
      .map((port) => ({ port, direction: "input" as const })),
    ...run.outputs.map((port) => ({ port, direction: "output" as const })),
  ];
  return (
    <>
      {run.status === "Failed" ? <SinceGoodRun workspace={workspace} run={run} /> : null}
      <FactsSection title="Details">
        <Facts
          items={[
            {
              label: "Experiment",
              value: (
                <Link className="link" href={experimentHref(workspace, run.experimentName)}>
                  {run.experimentName}
                </Link>
              ),
            },
            {
              label: "Started by",
              value: (
                <span className="flex items-center gap-1.5">
                  {run.createdBy ? <Avatar person={run.createdBy} size={20} /> : null}
                  <span>
                    {run.createdBy?.name ?? run.userName}, <RelativeTime at={run.createdAt} />
                  </span>
                </span>
              ),
            },
            {
              label: "Type",
              value: run.origin === "mlflow" ? "MLflow, elsewhere" : (typeWords[run.type] ?? run.type),
            },
            {
              label: "Compute",
              value: run.compute ? (
                <Link className="link" href={`/${workspace}/compute`}>
                  {run.compute}
                </Link>
              ) : undefined,
            },
            {
              label: "Limits",
              value:
                run.limits.memoryMib === null || run.type === "pipeline"
                  ? undefined
                  : `${run.limits.cpus ?? "–"} cores, ${Math.round((run.limits.memoryMib / 1024) * 10) / 10} GiB`,
            },
            {
              label: "Environment",
              value: run.environment ? (
                <EnvironmentLink workspace={workspace} name={run.environment} />
              ) : undefined,
            },
            { label: "Exit code", value: run.exitCode ?? undefined },
            {
              label: "Tries",
              value: run.attempts.length > 1 ? `${run.attempts.length}` : undefined,
            },
          ]}
        />
      </FactsSection>
      {params.length > 0 ? (
        <FactsSection title="Parameters">
          <Facts variant="values" items={params} />
        </FactsSection>
      ) : null}
      {ports.length > 0 ? (
        <FactsSection title="Inputs and outputs">
          <Facts
            items={ports.map(({ port, direction }) => ({
              label: port.name,
              value: <PortValue {...{ workspace, port, direction }} ended={isTerminal(run.status)} />,
            }))}
          />
        </FactsSection>
      ) : null}
      <RunModels workspace={workspace} run={run} onRegister={mayChange ? onRegister : undefined} />
      <FactsSection title="Tags">
        <TagEditor tags={ownTags(run)} onSave={(tags) => change({ tags })} mayChange={mayChange} />
      </FactsSection>
      <FactsSection title="Description">
        <DescriptionEditor
          words={run.description}
          onSave={(description) => change({ description })}
          mayChange={mayChange}
        />
      </FactsSection>
    </>
  );
}
