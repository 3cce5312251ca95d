"use client";

import { lazy, Suspense, useCallback } from "react";
import { text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { RunGraph } from "#lib/pipelines/model.ts";
import { StepList } from "./step-list.tsx";
import { StepPane } from "./step-pane.tsx";

const ReadOnlyGraph = lazy(() =>
  import("#components/designer/read-only-graph.tsx").then((module) => ({ default: module.ReadOnlyGraph })),
);

const view = { step: text() };

interface GraphTabProps {
  workspace: string;
  graph: RunGraph;
  mayChange: boolean;
  /** Left out while the pipeline runs. */
  onRetry: ((step: string) => void) | undefined;
}

/** The outline at the left, the graph, and the chosen step at the right. */
export function GraphTab({ workspace, graph, mayChange, onRetry }: GraphTabProps) {
  const [{ step: chosen }, setView] = useUrlState(view);
  const choose = useCallback((name: string | null) => setView({ step: name ?? "" }), [setView]);
  // A pipeline inside the pipeline is one node of the graph and several steps.
  const step =
    graph.nodes.find(({ name }) => name === chosen) ??
    graph.nodes.find(({ name }) => chosen !== "" && name.startsWith(`${chosen}.`));
  const nodeName = chosen.split(".")[0] ?? "";
  const node = graph.graph.nodes.find(({ name }) => name === nodeName);
  return (
    <div className="relative flex min-h-0 flex-1 max-sm:flex-col">
      <StepList
        steps={graph.nodes}
        selected={step?.name ?? null}
        onSelect={choose}
        className="w-60 flex-none border-line border-r max-sm:w-full max-sm:flex-1 max-sm:border-r-0"
      />
      <div className="relative flex min-h-0 min-w-0 flex-1 max-sm:hidden">
        <Suspense fallback={<div className="min-h-0 flex-1 bg-bg" />}>
          <ReadOnlyGraph workspace={workspace} run={graph} selected={nodeName || null} onSelect={choose} />
        </Suspense>
      </div>
      {step ? (
        <div className="flex min-h-0 w-[400px] flex-none flex-col border-line border-l bg-panel max-wide:absolute max-wide:inset-y-0 max-wide:right-0 max-wide:z-30 max-wide:shadow-3 max-sm:w-full">
          <StepPane
            key={step.name}
            workspace={workspace}
            step={step}
            node={node}
            mayChange={mayChange}
            onRetry={onRetry ? () => onRetry(step.name) : undefined}
            onClose={() => choose(null)}
          />
        </div>
      ) : null}
    </div>
  );
}
