"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";
import { DescriptionEditor } from "#components/words/description-editor.tsx";
import { TagEditor } from "#components/words/tag-editor.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { type ModelAsset, type ModelVersion, modelStages, type SignatureColumn } from "#lib/models/model.ts";
import { LineageGraph } from "./lineage-graph.tsx";

interface OverviewProps {
  workspace: string;
  model: ModelAsset;
  version: ModelVersion;
  mayChange: boolean;
}

function Signature({ title, columns }: { title: string; columns: SignatureColumn[] }) {
  return (
    <section>
      <h2 className="mb-2 text-section">{title}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-x-6">
        {columns.map((column) => (
          <li key={column.name} className="flex h-7 min-w-0 items-center gap-2 border-line border-b">
            <span className="truncate text-code">{column.name}</span>
            <span className="ml-auto flex-none text-secondary text-ink-3">
              {column.type}
              {column.required ? "" : ", optional"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Labels({ workspace, model, version, mayChange }: OverviewProps) {
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState("");
  const showFailure = useFailureToast();
  async function act(work: () => Promise<unknown>) {
    try {
      await work();
      setOpen(false);
      setLabel("");
    } catch (error) {
      showFailure(error);
    }
  }
  const one = { workspace, name: model.name };
  return (
    <div className="flex flex-wrap gap-1.5">
      {version.labels.map((each) => (
        <Tag
          key={each}
          tone="accent"
          label={each}
          onRemove={
            mayChange ? () => void act(() => api.models.deleteLabel({ ...one, label: each })) : undefined
          }
        >
          {each}
        </Tag>
      ))}
      {mayChange ? (
        <Popover
          title="Point a label here"
          open={open}
          onOpenChange={setOpen}
          trigger={<Button size="sm">+ Label</Button>}
        >
          <form
            className="flex flex-col gap-3 pt-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (label) void act(() => api.models.setLabel({ ...one, label, version: version.version }));
            }}
          >
            <Field label="Label" help="champion, production, …">
              <Input value={label} onChange={(event) => setLabel(event.target.value)} />
            </Field>
            <Button type="submit" variant="primary" disabled={!label}>
              Set label
            </Button>
          </form>
        </Popover>
      ) : null}
    </div>
  );
}

/** What the version is made of, where it is used, what it takes and gives. */
export function ModelOverview({ workspace, model, version, mayChange }: OverviewProps) {
  const asset = { workspace, name: model.name };
  const one = { ...asset, version: version.version };
  const queries = useQueryClient();
  const showFailure = useFailureToast();
  const change = async (work: () => Promise<unknown>) => {
    await work();
    await queries.invalidateQueries({ queryKey: orpc.models.key() });
  };
  const lineage = useQuery(orpc.models.lineage.queryOptions({ input: one }));
  const facts = useQuery(orpc.models.facts.queryOptions({ input: one, staleTime: Number.POSITIVE_INFINITY }));
  const run = useQuery(
    orpc.runs.get.queryOptions({
      input: { workspace, run: version.run?.name ?? "" },
      enabled: version.run !== null,
    }),
  );
  const about = facts.data?.facts;
  const metrics = Object.entries(run.data?.metrics ?? {});
  return (
    <SplitLayout
      facts={
        <>
          {metrics.length > 0 ? (
            <FactsSection title="Metrics of its run">
              <Facts
                variant="values"
                items={metrics.slice(0, 20).map(([label, value]) => ({
                  label,
                  value: value === null ? "NaN" : formatNumber(value),
                }))}
              />
            </FactsSection>
          ) : null}
          <FactsSection title="Details">
            <Facts
              items={[
                { label: "Reference", value: <IdChip text={version.reference} label="Copy the reference" /> },
                { label: "Registered by", value: version.createdBy },
                { label: "Registered", value: <RelativeTime at={version.createdAt} /> },
                {
                  label: "Source",
                  value: version.path ? <span className="break-all">{version.path}</span> : null,
                },
                {
                  label: "Stage",
                  value: mayChange ? (
                    <Select
                      aria-label="Stage"
                      variant="button"
                      options={modelStages.map((stage) => ({ value: stage, label: stage }))}
                      value={version.stage}
                      onValueChange={(stage) =>
                        void change(() => api.models.updateVersion({ ...one, stage })).catch(showFailure)
                      }
                    />
                  ) : (
                    version.stage
                  ),
                },
                { label: "Flavors", value: about ? about.flavors.join(", ") : undefined },
                { label: "MLflow", value: about?.mlflowVersion ?? undefined },
                { label: "Python", value: about?.pythonVersion ?? undefined },
              ]}
            />
          </FactsSection>
          <FactsSection title="Labels">
            <Labels workspace={workspace} model={model} version={version} mayChange={mayChange} />
          </FactsSection>
          <FactsSection title={`Tags of v${version.version}`}>
            <TagEditor
              tags={version.tags}
              onSave={(tags) => change(() => api.models.updateVersion({ ...one, tags }))}
              mayChange={mayChange}
            />
          </FactsSection>
          <FactsSection title="Tags of all versions">
            <TagEditor
              tags={model.tags}
              onSave={(tags) => change(() => api.models.update({ ...asset, tags }))}
              mayChange={mayChange}
            />
          </FactsSection>
        </>
      }
    >
      <div className="flex flex-col gap-8">
        <section>
          <h2 className="mb-2 text-section">Lineage</h2>
          {lineage.data ? <LineageGraph workspace={workspace} lineage={lineage.data} /> : null}
        </section>
        <section>
          <h2 className="mb-2 text-section">Description</h2>
          <DescriptionEditor
            label={`Description of ${model.name}`}
            words={model.description}
            onSave={(description) => change(() => api.models.update({ ...asset, description }))}
            mayChange={mayChange}
          />
        </section>
        <section>
          <h2 className="mb-2 text-section">About v{version.version}</h2>
          <DescriptionEditor
            key={version.version}
            label={`Description of v${version.version}`}
            words={version.description}
            onSave={(description) => change(() => api.models.updateVersion({ ...one, description }))}
            mayChange={mayChange}
          />
        </section>
        {about?.inputs ? <Signature title="Inputs" columns={about.inputs} /> : null}
        {about?.outputs ? <Signature title="Outputs" columns={about.outputs} /> : null}
        {about && about.requirements.length > 0 ? (
          <section>
            <h2 className="mb-2 text-section">Requirements</h2>
            <ul className="flex flex-wrap gap-1.5">
              {about.requirements.map((line) => (
                <li key={line}>
                  <Tag>{line}</Tag>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </SplitLayout>
  );
}
