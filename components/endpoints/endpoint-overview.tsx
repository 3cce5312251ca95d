"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { CopyButton, IdChip } from "#components/ui/copy-button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { formatCount, formatPercent, plural } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { DescriptionEditor } from "#components/words/description-editor.tsx";
import { TagEditor } from "#components/words/tag-editor.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { Deployment, EndpointSummary } from "#lib/endpoints/model.ts";
import { deploymentWords, instanceWords } from "./health-words.ts";

export interface EndpointOverviewProps {
  workspace: string;
  endpoint: EndpointSummary;
  mayChange: boolean;
}

export function EndpointOverview({ workspace, endpoint, mayChange }: EndpointOverviewProps) {
  const queries = useQueryClient();
  const change = async (words: { description?: string; tags?: Record<string, string> }) => {
    await api.endpoints.update({ workspace, endpoint: endpoint.name, ...words });
    await queries.invalidateQueries({ queryKey: orpc.endpoints.key() });
  };
  return (
    <SplitLayout
      workLabel="Deployments"
      facts={
        <>
          <FactsSection title="Endpoint">
            <Facts
              items={[
                { label: "Address", value: <Copied text={endpoint.scoringUri} /> },
                { label: "OpenAPI", value: <Copied text={endpoint.openapiUri} /> },
                { label: "Opened by", value: "Primary or secondary key" },
                { label: "Made by", value: endpoint.createdBy },
                { label: "Made", value: <RelativeTime at={endpoint.createdAt} /> },
              ]}
            />
          </FactsSection>
          <FactsSection title="Tags">
            <TagEditor tags={endpoint.tags} onSave={(tags) => change({ tags })} mayChange={mayChange} />
          </FactsSection>
          <FactsSection title="Description">
            <DescriptionEditor
              words={endpoint.description}
              onSave={(description) => change({ description })}
              mayChange={mayChange}
            />
          </FactsSection>
        </>
      }
    >
      <ul className="flex flex-col">
        {endpoint.deployments.map((item) => (
          <DeploymentItem key={item.name} workspace={workspace} item={item} mayChange={mayChange} />
        ))}
      </ul>
    </SplitLayout>
  );
}

function Copied({ text }: { text: string }) {
  return (
    <span className="flex min-w-0 items-start gap-1">
      <code className="min-w-0 break-all text-code">{text}</code>
      <CopyButton text={text} />
    </span>
  );
}

function DeploymentItem({
  workspace,
  item,
  mayChange,
}: {
  workspace: string;
  item: Deployment;
  mayChange: boolean;
}) {
  const [removing, setRemoving] = useState(false);
  const { kind, word } = deploymentWords(item);
  const logs = `/${workspace}/endpoints/${encodeURIComponent(item.endpoint)}?tab=logs&deployment=${encodeURIComponent(item.name)}`;
  return (
    <li className="flex flex-col gap-3 border-line border-b py-4 first:pt-0 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-section">{item.name}</h3>
        <Tag>
          {item.model.name} v{item.model.version}
        </Tag>
        <StatusText kind={kind}>{word}</StatusText>
        <span className="text-body text-ink-2 tabular-nums">
          {formatPercent(item.traffic / 100)} of the traffic
        </span>
        {item.allTrafficWhenReady ? <Tag tone="accent">takes all traffic when ready</Tag> : null}
        <div className="ml-auto flex gap-2">
          <Link href={logs} className="link text-body">
            Logs
          </Link>
          {mayChange && item.traffic === 0 && item.provisioningState !== "Deleting" ? (
            <Button size="sm" variant="danger" icon={<Trash2 size={14} />} onClick={() => setRemoving(true)}>
              Remove
            </Button>
          ) : null}
        </div>
      </div>
      {item.error ? (
        <ErrorState title={`${item.name} could not be started.`} details={item.error}>
          <pre className="max-h-48 overflow-auto whitespace-pre-wrap text-code">{item.error}</pre>
        </ErrorState>
      ) : null}
      <div className="grid gap-x-8 sm:grid-cols-2">
        <Facts
          items={[
            {
              label: "Size",
              value: `${item.instanceType}, ${plural(item.cpus, "CPU")}, ${formatCount(item.memoryMib)} MiB`,
            },
            { label: "Environment", value: item.environment ?? "What the model asks for" },
            {
              label: "Deployed",
              value: (
                <>
                  {item.createdBy ?? "The studio"}, <RelativeTime at={item.createdAt} />
                </>
              ),
            },
          ]}
        />
        <Facts
          items={[
            { label: "At once", value: `${formatCount(item.maxConcurrentRequestsPerInstance)} per instance` },
            { label: "Time limit", value: `${formatCount(item.requestTimeoutMs)} ms` },
            {
              label: "Image",
              value: item.imageDigest ? (
                <IdChip text={item.imageDigest} label="image" className="max-w-48" />
              ) : null,
            },
          ]}
        />
      </div>
      {item.instances.length > 0 ? (
        <ul className="flex flex-col" aria-label={`Instances of ${item.name}`}>
          {item.instances.map((instance) => {
            const words = instanceWords[instance.state];
            return (
              <li
                key={instance.id}
                className="flex min-h-7 flex-wrap items-center gap-x-4 text-secondary text-ink-2"
              >
                <code className="text-code text-ink-3">{instance.id}</code>
                <StatusText kind={words.kind}>{words.word}</StatusText>
                <span>
                  <RelativeTime at={instance.readyAt ?? instance.createdAt} />
                </span>
                {instance.reason ? <span className="text-ink">{instance.reason}</span> : null}
              </li>
            );
          })}
        </ul>
      ) : null}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${item.name} from ${item.endpoint}?`}
        effect={`${plural(item.instanceCount, "instance")} of ${item.model.name} v${item.model.version} will finish the requests under way and end. The address and the keys stay.`}
        confirmLabel="Remove deployment"
        busyLabel="Removing"
        onConfirm={async () => {
          await api.endpoints.deleteDeployment({ workspace, endpoint: item.endpoint, deployment: item.name });
        }}
      />
    </li>
  );
}
