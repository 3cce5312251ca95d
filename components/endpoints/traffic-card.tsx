"use client";

import { useState } from "react";
import { SeriesMarker } from "#components/charts/marker.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatNumber, formatPercent } from "#components/ui/format.ts";
import { StatusText } from "#components/ui/pill.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import type { EndpointSummary, Telemetry } from "#lib/endpoints/model.ts";
import { deploymentWords } from "./health-words.ts";
import { TrafficBar } from "./traffic-bar.tsx";
import { giveAll, isSameSplit, type Share, sharesOf, splitWords, trafficOf } from "./traffic-split.ts";

export interface TrafficCardProps {
  workspace: string;
  endpoint: EndpointSummary;
  looks: ReadonlyMap<string, number>;
  telemetry: Telemetry | undefined;
  mayChange: boolean;
}

/** How the traffic is split, and each deployment with what it does. A moved border counts when it is applied. */
export function TrafficCard({ workspace, endpoint, looks, telemetry, mayChange }: TrafficCardProps) {
  const toast = useToast();
  const showFailure = useFailureToast();
  const [draft, setDraft] = useState<Share[] | null>(null);
  const [busy, setBusy] = useState(false);
  const items = endpoint.deployments.filter((item) => item.provisioningState !== "Deleting");
  const names = items.map(({ name }) => name);
  const saved = sharesOf(names, endpoint.traffic);
  // A draft is for the deployments that it was made with.
  const shares = draft && draft.length === saved.length ? draft : saved;
  const changed = !isSameSplit(shares, saved);
  const noTraffic = shares.every(({ percent }) => percent === 0);

  const oneModel = new Set(endpoint.deployments.map(({ model }) => model.name)).size === 1;
  const next = items.find((item) => item.allTrafficWhenReady);

  async function apply(wanted: Share[]) {
    setBusy(true);
    try {
      await api.endpoints.update({ workspace, endpoint: endpoint.name, traffic: trafficOf(wanted) });
      setDraft(null);
      toast({
        title: `Traffic of ${endpoint.name} is ${splitWords(wanted)}`,
        undo: () => void apply(saved),
      });
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <section aria-label="Traffic" className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center gap-2">
        <h2 className="text-name">Traffic</h2>
        {changed ? (
          <span className="flex min-w-0 items-center gap-1.5 text-secondary text-warning">
            <span className="size-1.5 flex-none rounded-full bg-warning" aria-hidden="true" />
            <span className="truncate">was {splitWords(saved)}, not saved</span>
          </span>
        ) : null}
        {changed ? (
          <div className="ml-auto flex gap-2">
            <Button variant="quiet" disabled={busy} onClick={() => setDraft(null)}>
              Reset
            </Button>
            <Button variant="primary" busy={busy} onClick={() => void apply(shares)}>
              {busy ? "Applying" : "Apply"}
            </Button>
          </div>
        ) : null}
      </div>
      {items.length === 0 ? (
        <p className="text-body text-ink-2">No deployment yet.</p>
      ) : noTraffic ? (
        <div className="flex flex-wrap items-center gap-2 rounded-control border border-line border-dashed px-3 py-1.5 text-body text-ink-2">
          {next ? `${next.name} takes all traffic as soon as it is ready.` : "No deployment takes traffic."}
          {mayChange && !next
            ? names.map((name) => (
                <Button key={name} size="sm" onClick={() => setDraft(giveAll(saved, name))}>
                  All to {name}
                </Button>
              ))
            : null}
        </div>
      ) : (
        <TrafficBar shares={shares} looks={looks} {...(mayChange ? { onChange: setDraft } : {})} />
      )}
      <ul>
        {endpoint.deployments.map((item) => {
          const { kind, word } = deploymentWords(item);
          const counted = telemetry?.series.find(({ deployment }) => deployment === item.name);
          return (
            <li
              key={item.name}
              className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-0.5 border-line border-b py-1 text-body last:border-b-0"
            >
              <span className="flex min-w-16 items-center gap-2 text-name">
                <SeriesMarker index={looks.get(item.name) ?? 0} />
                {item.name}
              </span>
              <Tag>{oneModel ? `v${item.model.version}` : `${item.model.name} v${item.model.version}`}</Tag>
              <StatusText kind={kind}>{word}</StatusText>
              {counted && counted.requests > 0 ? (
                <span className="ml-auto flex gap-3 text-ink-2 tabular-nums">
                  <span>p95 {formatNumber(counted.p95Ms ?? 0, 3)} ms</span>
                  <span>{formatPercent(counted.errors / counted.requests)} errors</span>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
