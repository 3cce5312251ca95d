"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { missing } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { orpc } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { compareParams } from "./differences.ts";

/** What is other than in the experiment's last run that completed before this one. */
export function SinceGoodRun({ workspace, run }: { workspace: string; run: RunDetails }) {
  const list = useQuery(
    orpc.runs.list.queryOptions({
      input: { workspace, experiment: run.experimentName, status: "Completed", children: "true", limit: 20 },
    }),
  );
  const last = list.data?.items.find((each) => each.createdAt < run.createdAt && each.origin === run.origin);
  const good = useQuery(
    orpc.runs.get.queryOptions({ input: { workspace, run: last?.name ?? "" }, enabled: last !== undefined }),
  ).data;
  if (!good) return null;
  const params = compareParams([good, run]).filter((row) => row.differs);
  return (
    <FactsSection title="Since the last good run">
      <p className="-mt-1 mb-2 text-secondary text-ink-3">
        <Link className="link" href={`/${workspace}/runs/${good.name}`}>
          {good.displayName}
        </Link>
        , <RelativeTime at={good.createdAt} />
      </p>
      {params.length > 0 ? (
        <Facts
          variant="values"
          className="mb-2"
          items={params.map(({ key, cells }) => ({
            label: key,
            value: <Moved from={cells[0]?.text ?? missing} to={cells[1]?.text ?? missing} />,
          }))}
        />
      ) : null}
      <Facts
        items={sameOrMoved(good, run).map(({ label, before, after }) => ({
          label,
          value:
            before === after ? (
              <span className="text-ink-3">same: {after}</span>
            ) : (
              <Moved from={before} to={after} />
            ),
        }))}
      />
    </FactsSection>
  );
}

function Moved({ from, to }: { from: string; to: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <s className="text-ink-3">{from}</s>
      <ArrowRight size={12} className="text-ink-3" aria-label="became" />
      <span className="font-medium">{to}</span>
    </span>
  );
}

function dataOf(run: RunDetails): string {
  return run.inputs.flatMap(({ asset }) => (asset ? `${asset.name}:${asset.version}` : [])).join(", ");
}

function sameOrMoved(good: RunDetails, run: RunDetails) {
  const facts: [string, (each: RunDetails) => string][] = [
    ["Code", (each) => each.snapshot?.digest.slice(0, 8) ?? ""],
    ["Data", dataOf],
    ["Environment", (each) => each.environment ?? ""],
  ];
  return facts
    .map(([label, read]) => ({ label, before: read(good) || missing, after: read(run) || missing }))
    .filter(({ before, after }) => before !== missing || after !== missing);
}
