"use client";

import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { DataInspector } from "./data-inspector.tsx";
import { PipelineInspector } from "./pipeline-inspector.tsx";
import { SelectionInspector } from "./selection-inspector.tsx";
import { StepInspector } from "./step-inspector.tsx";

/** At the right: all about what is selected, or about the pipeline while nothing is. */
export function Inspector() {
  const designer = useDesigner();
  const selection = useStore(designer.selection, (now) => now);
  const model = useStore(designer.model, (now) => now);
  const views = [...selection].flatMap((id) => model.byId.get(id) ?? []);
  const [first] = views;
  return (
    <aside
      id="designer-inspector"
      tabIndex={-1}
      aria-label="Inspector"
      className="flex w-[300px] flex-none flex-col border-line border-l bg-panel outline-none max-wide:w-[260px] max-sm:hidden"
    >
      {views.length > 1 ? (
        <SelectionInspector count={views.length} />
      ) : first?.kind === "step" ? (
        <StepInspector view={first} />
      ) : first?.kind === "data" ? (
        <DataInspector key={first.id} view={first} />
      ) : (
        <PipelineInspector />
      )}
    </aside>
  );
}
