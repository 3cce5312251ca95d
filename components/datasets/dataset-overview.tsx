"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { IdChip } from "#components/ui/copy-button.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { formatBytes } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { Tag } from "#components/ui/tag.tsx";
import { DescriptionEditor } from "#components/words/description-editor.tsx";
import { TagEditor } from "#components/words/tag-editor.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { Dataset, DatasetVersion } from "#lib/datasets/model.ts";
import { kindSign } from "./column-words.ts";

interface OverviewProps {
  workspace: string;
  dataset: Dataset;
  version: DatasetVersion;
  mayChange: boolean;
}

function Uses({ workspace, name, version }: { workspace: string; name: string; version: string }) {
  const { data } = useQuery(orpc.datasets.uses.queryOptions({ input: { workspace, name, version } }));
  if (!data) return null;
  if (data.runs.length === 0)
    return <p className="text-body text-ink-2">No run has read this version yet.</p>;
  return (
    <ul className="flex flex-col">
      {data.runs.slice(0, 20).map((run) => {
        const { kind, word } = describeRunStatus(run.status);
        const models = data.models.filter((model) => model.runName === run.name);
        return (
          <li
            key={run.name}
            className="flex min-h-8 flex-wrap items-center gap-x-3 border-line border-b py-1"
          >
            <StatusText kind={kind}>{word}</StatusText>
            <Link href={`/${workspace}/runs/${run.name}`} className="link text-name">
              {run.displayName}
            </Link>
            {models.map((model) => (
              <Link
                key={`${model.name}:${model.version}`}
                href={`/${workspace}/models/${encodeURIComponent(model.name)}?version=${model.version}`}
                className="link text-secondary"
              >
                {model.name} v{model.version}
              </Link>
            ))}
            <span className="ml-auto text-secondary text-ink-3">
              <RelativeTime at={run.createdAt} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What the dataset is, what it holds and who reads it. */
export function DatasetOverview({ workspace, dataset, version, mayChange }: OverviewProps) {
  const files = useQuery(
    orpc.datasets.files.queryOptions({ input: { workspace, name: dataset.name, version: version.version } }),
  );
  const queries = useQueryClient();
  const change = async (words: { description?: string; tags?: Record<string, string> }) => {
    await api.datasets.update({ workspace, name: dataset.name, ...words });
    await queries.invalidateQueries({ queryKey: orpc.datasets.key() });
  };
  const facts = (
    <>
      <FactsSection title="Details">
        <Facts
          items={[
            { label: "Reference", value: <IdChip text={version.reference} label="Copy the reference" /> },
            { label: "Type", value: version.type },
            { label: "Source", value: version.path || null },
            { label: "Added by", value: version.createdBy },
            { label: "Added", value: <RelativeTime at={version.createdAt} /> },
            {
              label: "From run",
              value: version.runName ? (
                <Link className="link" href={`/${workspace}/runs/${version.runName}`}>
                  {version.runName}
                </Link>
              ) : undefined,
            },
          ]}
        />
      </FactsSection>
      <FactsSection title="Tags">
        <TagEditor tags={dataset.tags} onSave={(tags) => change({ tags })} mayChange={mayChange}>
          {version.labels.length > 0
            ? version.labels.map((label) => (
                <Tag key={label} tone="accent">
                  {label}
                </Tag>
              ))
            : null}
        </TagEditor>
      </FactsSection>
    </>
  );
  return (
    <SplitLayout facts={facts}>
      <div className="flex flex-col gap-8">
        <section>
          <h2 className="mb-2 text-section">Description</h2>
          <DescriptionEditor
            words={dataset.description}
            onSave={(description) => change({ description })}
            mayChange={mayChange}
          />
        </section>
        {version.columns ? (
          <section>
            <h2 className="mb-2 text-section">Columns</h2>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-x-6">
              {version.columns.map((column) => (
                <li key={column.name} className="flex h-7 min-w-0 items-center gap-2 border-line border-b">
                  <span className="w-8 flex-none text-caption text-ink-3">{kindSign[column.kind]}</span>
                  <span className="truncate text-body">{column.name}</span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {files.data && (files.data.files.length > 1 || !version.columns) && files.data.files.length > 0 ? (
          <section>
            <h2 className="mb-2 text-section">Files</h2>
            <ul className="flex flex-col">
              {files.data.files.slice(0, 200).map((file) => (
                <li key={file.path} className="flex min-h-7 items-center gap-3 border-line border-b">
                  <a
                    className="link min-w-0 truncate text-code"
                    href={`/api/v1/workspaces/${workspace}/datasets/${encodeURIComponent(dataset.name)}/versions/${version.version}/file?path=${encodeURIComponent(file.path)}&download=1`}
                  >
                    {file.path}
                  </a>
                  <span className="ml-auto flex-none text-secondary text-ink-3 tabular-nums">
                    {formatBytes(file.sizeBytes)}
                  </span>
                </li>
              ))}
            </ul>
            {files.data.files.length > 200 ? (
              <p className="mt-2 text-secondary text-ink-3">{files.data.files.length - 200} more</p>
            ) : null}
          </section>
        ) : null}
        <section>
          <h2 className="mb-2 text-section">Read by</h2>
          <Uses workspace={workspace} name={dataset.name} version={version.version} />
        </section>
      </div>
    </SplitLayout>
  );
}
