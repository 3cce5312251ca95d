"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { Literal } from "#lib/components/model.ts";
import type { PipelineEndpoint } from "#lib/pipeline-endpoints/model.ts";
import { describeInput } from "./input-values.ts";
import { VersionText } from "./version-text.tsx";

type Version = PipelineEndpoint["versions"][number];

interface OverviewProps {
  workspace: string;
  endpoint: PipelineEndpoint;
  mayChange: boolean;
}

/** The versions, which of them callers get, and what a call may set. */
export function PipelineEndpointOverview({ workspace, endpoint, mayChange }: OverviewProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const showFailure = useFailureToast();
  const [moving, setMoving] = useState<number | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const { name, defaultVersion } = endpoint;
  const columns = useMemo<Column<Version>[]>(() => {
    async function makeDefault(number: number, before: number) {
      setMoving(number);
      try {
        await api.pipelineEndpoints.update({ workspace, endpoint: name, defaultVersion: number });
        await queries.invalidateQueries({ queryKey: orpc.pipelineEndpoints.key() });
        toast({
          title: `Calls of ${name} get v${number} now`,
          undo: () => void makeDefault(before, number),
        });
      } catch (error) {
        showFailure(error);
      } finally {
        setMoving(null);
      }
    }
    return [
      {
        key: "number",
        label: "Version",
        width: 130,
        render: ({ number, isDefault }) => (
          <span className="flex items-center gap-2">
            <button type="button" className="link text-name" onClick={() => setShown(number)}>
              v{number}
            </button>
            {isDefault ? <Tag tone="accent">default</Tag> : null}
          </span>
        ),
      },
      { key: "note", label: "Note", width: 220, grow: 1, render: ({ note }) => note || "–" },
      {
        key: "hash",
        label: "Graph",
        width: 110,
        render: ({ graphHash }) => <code className="text-code text-ink-3">{graphHash.slice(0, 10)}</code>,
      },
      { key: "by", label: "Published by", width: 130, render: ({ createdBy }) => createdBy?.name ?? "–" },
      {
        key: "at",
        label: "Published",
        width: 110,
        align: "right",
        render: ({ createdAt }) => <RelativeTime at={createdAt} />,
      },
      ...(mayChange
        ? [
            {
              key: "verbs",
              label: "Verbs",
              labelHidden: true,
              width: 120,
              align: "right" as const,
              render: ({ number, isDefault }: Version) =>
                isDefault ? null : (
                  <Button
                    size="sm"
                    aria-label={`Make v${number} the default`}
                    busy={moving === number}
                    onClick={() => void makeDefault(number, defaultVersion)}
                  >
                    Make default
                  </Button>
                ),
            },
          ]
        : []),
    ];
  }, [workspace, name, defaultVersion, mayChange, moving, queries, toast, showFailure]);
  return (
    <SplitLayout facts={<EndpointFacts endpoint={endpoint} />} workLabel="Versions">
      {endpoint.description ? (
        <p className="mb-4 max-w-[80ch] text-body whitespace-pre-wrap text-ink-2">{endpoint.description}</p>
      ) : null}
      <h2 className="mb-2 text-section">Versions</h2>
      <DataTable
        label="Versions"
        className="max-sm:-mx-4"
        rows={endpoint.versions}
        columns={columns}
        rowKey={({ number }) => String(number)}
        mode="fit"
        narrow={(row) => ({
          title: columns[0]?.render(row, 0),
          detail: row.note || <RelativeTime at={row.createdAt} />,
          aside: columns.find(({ key }) => key === "verbs")?.render(row, 0),
        })}
        total={endpoint.versions.length}
      />
      {shown === null ? null : (
        <VersionText workspace={workspace} endpoint={name} number={shown} onClose={() => setShown(null)} />
      )}
    </SplitLayout>
  );
}

function EndpointFacts({ endpoint }: { endpoint: PipelineEndpoint }) {
  const inputs = Object.entries(endpoint.inputs);
  return (
    <>
      <FactsSection title="Details">
        <Facts
          items={[
            { label: "Address", value: <IdChip text={endpoint.url} label="address" /> },
            { label: "Opened by", value: "either of its two keys" },
            { label: "Default", value: `v${endpoint.defaultVersion}` },
            { label: "Changed", value: <RelativeTime at={endpoint.updatedAt} /> },
          ]}
        />
      </FactsSection>
      <FactsSection title="Inputs" aside={`of v${endpoint.defaultVersion}`}>
        {inputs.length === 0 ? (
          <p className="text-secondary text-ink-3">A call sets nothing.</p>
        ) : (
          <dl className="flex flex-col gap-2">
            {inputs.map(([name, input]) => (
              <div key={name}>
                <dt className="text-name break-words">{name}</dt>
                <dd className="text-secondary break-words text-ink-3">
                  {describeInput(input)}
                  {describeFallback(input.kind === "data" ? input.path : input.value, input.optional)}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </FactsSection>
    </>
  );
}

/** What an input is when a call does not give it. */
function describeFallback(value: Literal | undefined, optional: boolean): string {
  if (value !== undefined && value !== null) return `, ${value} unless told`;
  return optional ? "" : ", given by each call";
}
