"use client";

import type { ParameterDefinition } from "#lib/components/model.ts";
import type { ColumnProfile } from "#lib/designer/model.ts";
import type { StepView } from "../model/canvas-model.ts";
import { isSame } from "../model/is-same.ts";
import { usePreview } from "../preview/use-preview.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

export interface InputColumns {
  columns: readonly ColumnProfile[];
  /** Why there are none. */
  note: string | null;
}

/** The columns that a parameter can speak of: those of the table at its input port, from the preview of what feeds it. */
export function useInputColumns(view: StepView, parameter: Pick<ParameterDefinition, "from">): InputColumns {
  const port = parameter.from ?? view.inputs.find(({ type }) => type === "data_frame")?.name;
  const source = useStore(
    useDesigner().model,
    ({ edges }) => {
      const edge = edges.find(({ to, toPort }) => to === view.id && toPort === port);
      return edge ? { node: edge.from, port: edge.fromPort } : null;
    },
    isSame,
  );
  const { preview, loading, error } = usePreview(source);
  const columns = preview?.result?.columns ?? [];
  if (columns.length > 0) return { columns, note: null };
  if (!source) return { columns, note: "Connect a table to choose from its columns" };
  if (loading) return { columns, note: "Reading the columns" };
  if (preview?.status === "on_request")
    return { columns, note: "A step before this one is heavy: run it to see its columns" };
  const said = preview?.error?.message ?? (error instanceof Error ? error.message : null);
  return { columns, note: said ?? "The columns are not known yet" };
}
