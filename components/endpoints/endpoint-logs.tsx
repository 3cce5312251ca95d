"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { LogBuffer } from "#components/log-viewer/log-buffer.ts";
import { LogViewer } from "#components/log-viewer/log-viewer.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";
import type { Deployment } from "#lib/endpoints/model.ts";

export interface EndpointLogsProps {
  workspace: string;
  endpoint: string;
  deployments: Deployment[];
  /** The deployment in the page's address. */
  chosen: string;
  onChoose: (name: string) => void;
}

type Part = "inference-server" | "storage-initializer";

/** What the instances wrote, and how the image was made. Read anew when the studio says that there is more. */
export function EndpointLogs({ workspace, endpoint, deployments, chosen, onChoose }: EndpointLogsProps) {
  const item = deployments.find(({ name }) => name === chosen) ?? deployments[0];
  const [picked, setPicked] = useState<Part | null>(null);
  const part: Part =
    picked ?? (item && item.instances.length === 0 ? "storage-initializer" : "inference-server");
  const { data, error, refetch } = useQuery(
    orpc.endpoints.logs.queryOptions({
      input: { workspace, endpoint, deployment: item?.name ?? "", container: part },
      enabled: item !== undefined,
    }),
  );
  const [buffer] = useState(() => new LogBuffer());
  const content = data?.content ?? "";
  useEffect(() => {
    buffer.clear();
    if (content) buffer.append(`${content}\n`);
  }, [buffer, content]);
  if (!item) return <p className="p-6 text-body text-ink-2">No deployment yet, so nothing was written.</p>;
  if (error) {
    return (
      <div className="p-6">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <LogViewer
      label={`Log of ${item.name}`}
      buffer={buffer}
      live={item.provisioningState !== "Failed"}
      className="min-h-0 flex-1"
      title={
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Deployment"
            variant="button"
            options={deployments.map(({ name }) => ({ value: name, label: name }))}
            value={item.name}
            onValueChange={onChoose}
          />
          <Segmented
            label="Part of the log"
            options={[
              { value: "inference-server", label: "Instances" },
              { value: "storage-initializer", label: "Image" },
            ]}
            value={part}
            onValueChange={setPicked}
          />
        </div>
      }
      empty={
        part === "inference-server"
          ? "No instance has written anything yet."
          : "The image is not being made yet."
      }
    />
  );
}
