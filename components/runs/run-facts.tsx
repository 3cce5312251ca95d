"use client";

import { useState } from "react";
import { isValue } from "#components/run-outputs/output-values.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import type { RunDetails, RunPort } from "#lib/runs/model.ts";
import { environmentHref, experimentHref } from "./links.ts";
import { RunModels } from "./run-models.tsx";
import { SinceGoodRun } from "./since-good-run.tsx";

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
}: {
  workspace: string;
  port: RunPort;
  direction: "input" | "output";
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
    return <span className="text-ink-3">written when the run completes</span>;
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

function ownTags(run: RunDetails): [string, string][] {
  return Object.entries(run.tags).filter(([key]) => !key.startsWith("mlflow."));
}

function Tags({ workspace, run, mayChange }: Omit<RunFactsProps, "onRegister">) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const showFailure = useFailureToast();
  async function save(tags: Record<string, string>) {
    try {
      await api.runs.update({ workspace, run: run.name, tags });
      setOpen(false);
      setKey("");
      setValue("");
    } catch (error) {
      showFailure(error);
    }
  }
  const tags = ownTags(run);
  return (
    <div className="flex flex-wrap gap-1.5">
      {tags.map(([name, text]) => (
        <Tag
          key={name}
          label={name}
          onRemove={
            mayChange
              ? () => void save(Object.fromEntries(tags.filter(([each]) => each !== name)))
              : undefined
          }
        >
          {text ? `${name}: ${text}` : name}
        </Tag>
      ))}
      {mayChange ? (
        <Popover
          title="Add a tag"
          open={open}
          onOpenChange={setOpen}
          trigger={<Button size="sm">+ Tag</Button>}
        >
          <form
            className="flex flex-col gap-3 pt-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (key.trim()) void save({ ...Object.fromEntries(tags), [key.trim()]: value });
            }}
          >
            <Field label="Name">
              <Input value={key} onChange={(event) => setKey(event.target.value)} />
            </Field>
            <Field label="Value">
              <Input value={value} onChange={(event) => setValue(event.target.value)} />
            </Field>
            <Button type="submit" variant="primary" disabled={!key.trim()}>
              Add tag
            </Button>
          </form>
        </Popover>
      ) : null}
    </div>
  );
}

/** What the run is: who, where, with what. */
export function RunFacts({ workspace, run, mayChange, onRegister }: RunFactsProps) {
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
              value: <PortValue workspace={workspace} port={port} direction={direction} />,
            }))}
          />
        </FactsSection>
      ) : null}
      <RunModels workspace={workspace} run={run} onRegister={mayChange ? onRegister : undefined} />
      <FactsSection title="Tags">
        <Tags workspace={workspace} run={run} mayChange={mayChange} />
      </FactsSection>
      {run.description ? (
        <FactsSection title="Description">
          <p className="whitespace-pre-wrap text-body text-ink-2">{run.description}</p>
        </FactsSection>
      ) : null}
    </>
  );
}
