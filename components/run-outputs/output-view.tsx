"use client";

import { useQuery } from "@tanstack/react-query";
import { Box, ChartSpline, Database } from "lucide-react";
import { useState } from "react";
import { EvaluationPane } from "#components/evaluation/evaluation-pane.tsx";
import { ExplanationsView } from "#components/evaluation/explanations-view.tsx";
import { TablePreview } from "#components/tables/table-preview.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { formatBytes, formatCount, plural } from "#components/ui/format.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { flag, oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { api, orpc } from "#lib/api/client.ts";
import type { OutputView as Output } from "#lib/run-outputs/model.ts";
import { RegisterOutput } from "./register-output.tsx";

const view = { show: oneOf(["content", "files"], "content"), evaluation: flag() };

export interface OutputViewProps {
  workspace: string;
  run: string;
  output: string;
  mayChange: boolean;
  /** The files of the output. */
  files: React.ReactNode;
  /** Under a card of the canvas or in a pane: no room for the verbs' words. */
  className?: string | undefined;
}

/** An output of a run: its table, its model or its evaluation, and its files; it can become a dataset or a model. */
export function OutputView({ workspace, run, output, mayChange, files, className }: OutputViewProps) {
  const [{ show, evaluation }, setView] = useUrlState(view);
  const [registering, setRegistering] = useState<"dataset" | "model" | null>(null);
  const found = useQuery(
    orpc.runOutputs.get.queryOptions({ input: { workspace, run, output }, staleTime: 60_000 }),
  );
  if (found.error) {
    return <ErrorState className="m-6" error={found.error} onRetry={() => void found.refetch()} />;
  }
  const held = found.data;
  if (!held) {
    return (
      <div className="p-6">
        <SkeletonText lines={6} />
      </div>
    );
  }
  if (!held.available) {
    return (
      <div className="p-6">
        <EmptyState title="Nothing here yet">
          An output is there when its run has completed. A run that ended without it wrote nothing to it.
        </EmptyState>
      </div>
    );
  }
  const isModel =
    held.model !== null || ["trained_model", "transform", "mlflow_model", "custom_model"].includes(held.type);
  const hasContent = held.table !== null || held.model !== null;
  return (
    <div className={className}>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-6">
        <Tag>{held.type}</Tag>
        <span className="text-secondary text-ink-2 tabular-nums">{factsOf(held)}</span>
        <span className="ml-auto" />
        {hasContent ? (
          <Segmented
            label="What is shown"
            options={[
              { value: "content", label: held.table ? "Table" : "Model" },
              { value: "files", label: "Files" },
            ]}
            value={show}
            onValueChange={(value) => setView({ show: value })}
          />
        ) : null}
        {held.hasEvaluation ? (
          <Button
            variant="primary"
            icon={<ChartSpline size={16} />}
            onClick={() => setView({ evaluation: true })}
          >
            Evaluation
          </Button>
        ) : null}
        {mayChange && isModel ? (
          <Button icon={<Box size={16} />} onClick={() => setRegistering("model")}>
            Register as model
          </Button>
        ) : null}
        {mayChange && !isModel ? (
          <Button icon={<Database size={16} />} onClick={() => setRegistering("dataset")}>
            Register as dataset
          </Button>
        ) : null}
      </div>
      {show === "files" || !hasContent ? (
        <div className="flex border-line border-t">{files}</div>
      ) : held.table ? (
        <OutputTable workspace={workspace} run={run} output={held} />
      ) : (
        <ModelFacts workspace={workspace} run={run} output={held} />
      )}
      {registering ? (
        <RegisterOutput
          workspace={workspace}
          kind={registering}
          output={held}
          run={run}
          onClose={() => setRegistering(null)}
        />
      ) : null}
      {evaluation && held.hasEvaluation ? (
        <EvaluationPane
          workspace={workspace}
          runName={run}
          outputName={output}
          onClose={() => setView({ evaluation: false })}
        />
      ) : null}
    </div>
  );
}

function factsOf({ table, fileCount, sizeBytes }: Output): string {
  const shape = table ? `${plural(table.rowCount, "row")} × ${plural(table.columns.length, "column")}, ` : "";
  return `${shape}${plural(fileCount, "file")}, ${formatBytes(sizeBytes)}`;
}

const roleWords = { label: "label", score: "score", none: "not used", feature: "" } as const;

/** The rows of an output that is a table. */
export function OutputTable({ workspace, run, output }: { workspace: string; run: string; output: Output }) {
  const one = { workspace, run, output: output.name };
  const profile = useQuery(
    orpc.runOutputs.profile.queryOptions({ input: one, staleTime: Number.POSITIVE_INFINITY }),
  );
  const { table } = output;
  if (!table) return null;
  return (
    <div className="flex h-[max(420px,calc(100vh-264px))] min-w-0 flex-col border-line border-t">
      <TablePreview
        name={output.name}
        columns={table.columns}
        rowCount={table.rowCount}
        profiles={profile.data?.columns}
        noteOf={({ name }) => {
          const meaning = table.meanings[name];
          const words = [meaning ? roleWords[meaning.role] : "", meaning?.categorical ? "category" : ""];
          return words.filter(Boolean).join(", ");
        }}
        queryKey={orpc.runOutputs.rows.key({ input: one })}
        readRows={(query, signal) => api.runOutputs.rows({ ...one, query }, { signal })}
      />
    </div>
  );
}

function ModelFacts({ workspace, run, output }: { workspace: string; run: string; output: Output }) {
  const { model } = output;
  if (!model) return null;
  return (
    <div className="flex flex-col gap-8 border-line border-t p-4 *:max-w-[720px] sm:p-6">
      <Facts
        items={[
          { label: "Learner", value: model.learner.replaceAll("_", " ") || null },
          { label: "Task", value: model.task || null },
          { label: "Label", value: model.label ?? undefined },
          { label: "Classes", value: model.classes.length > 0 ? model.classes.join(", ") : undefined },
          { label: "Features", value: formatCount(model.featureCount) },
        ]}
      />
      {output.hasExplanations ? (
        <ExplanationsView workspace={workspace} runName={run} outputName={output.name} />
      ) : null}
    </div>
  );
}
