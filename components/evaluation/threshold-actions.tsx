"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Rocket, SquarePen, Table2 } from "lucide-react";
import { useContext } from "react";
import { DesignerContext } from "#components/designer/session/designer.ts";
import { useCreateInference } from "#components/inference/use-create-inference.ts";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { BusyRing, Button, ButtonLink } from "#components/ui/button.tsx";
import { plural } from "#components/ui/format.ts";
import { Menu } from "#components/ui/menu.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { orpc } from "#lib/api/client.ts";
import { mistakesHref } from "./mistakes-href.ts";
import type { Counts } from "./thresholds.ts";
import { plainThreshold } from "./thresholds.ts";
import type { EvaluationPlace } from "./use-evaluation.ts";

export interface ThresholdActionsProps {
  place: EvaluationPlace;
  /** The port of Evaluate Model whose scores are looked at. */
  input: string;
  counts: Counts;
  names: [negative: string, positive: string];
}

/** What follows from a chosen threshold: scores that keep to it, and the rows that it gets wrong. */
export function ThresholdActions({ place, input, counts, names }: ThresholdActionsProps) {
  const { workspace, runName } = place;
  const { data } = useQuery(
    orpc.inference.scores.queryOptions({
      input: { workspace, run: runName },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const score = data?.items.find((item) => item.input === input);
  const scored = useQuery(
    orpc.runOutputs.get.queryOptions({
      input: { workspace, run: score?.run ?? "", output: score?.output ?? "" },
      enabled: score !== undefined,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  if (!score) return null;
  const rows = (kind: "missed" | "alarms") =>
    mistakesHref({ workspace, ...score, table: scored.data?.table ?? null, names, counts, kind });
  const [missed, alarms] = [rows("missed"), rows("alarms")];
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {score.takesThreshold ? (
        <UseThreshold
          workspace={workspace}
          pipeline={data?.pipeline ?? null}
          score={score}
          threshold={counts.threshold}
        />
      ) : null}
      {missed && counts.fn > 0 ? (
        <ButtonLink variant="quiet" href={missed}>
          See the {plural(counts.fn, "missed row")}
        </ButtonLink>
      ) : null}
      {alarms && counts.fp > 0 ? (
        <ButtonLink variant="quiet" href={alarms}>
          {plural(counts.fp, "false alarm")}
        </ButtonLink>
      ) : null}
    </div>
  );
}

interface UseThresholdProps {
  workspace: string;
  pipeline: string | null;
  score: { scoreNode: string; scoreDisplayName: string; trainNode: string | null };
  threshold: number;
}

/** In the draft that is open, or in a new pipeline that scores. */
function UseThreshold({ workspace, pipeline, score, threshold }: UseThresholdProps) {
  const { can } = useCurrentWorkspace();
  const toast = useToast();
  const designer = useContext(DesignerContext);
  const { busy, create } = useCreateInference(workspace);
  const { scoreNode, scoreDisplayName, trainNode } = score;
  const value = plainThreshold(threshold);
  const shown = threshold.toFixed(2);
  const inDraft = designer?.mayEdit && designer.model.get().byId.has(scoreNode) ? designer.document : null;
  const start = (mode: "real-time" | "batch") => {
    if (pipeline && trainNode) void create({ run: pipeline, mode, trainNode, scoreNode, threshold: value });
  };
  const items = [
    ...(inDraft
      ? [
          {
            label: "In this draft",
            help: `${scoreDisplayName} gets it; run the draft to see it`,
            icon: <SquarePen size={16} />,
            onSelect: () => {
              inDraft.setInput(scoreNode, "threshold", value);
              toast({ title: `${scoreDisplayName} has the threshold ${shown}`, kind: "completed" });
            },
          },
        ]
      : []),
    ...(pipeline && trainNode
      ? [
          {
            label: "In a real-time inference pipeline",
            help: "A new draft that answers single rows",
            icon: <Rocket size={16} />,
            onSelect: () => start("real-time"),
          },
          {
            label: "In a batch inference pipeline",
            help: "A new draft that scores a whole dataset",
            icon: <Table2 size={16} />,
            onSelect: () => start("batch"),
          },
        ]
      : []),
  ];
  if (!can("contributor") || items.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button
          aria-busy={busy || undefined}
          icon={busy ? <BusyRing /> : undefined}
          trailing={<ChevronDown size={14} />}
        >
          Use {shown} when scoring
        </Button>
      }
      items={items}
    />
  );
}
