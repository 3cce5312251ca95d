"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { StepView } from "../model/canvas-model.ts";
import { describeFault } from "../model/describe-fault.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { useGraph } from "../session/use-graph.ts";
import { EffectOfChange } from "./effect-of-change.tsx";
import { isMeasured, MetricTrend } from "./metric-trend.tsx";
import { ParameterField } from "./parameter-field.tsx";
import { visibleParameters } from "./parameter-values.ts";
import { WrittenOut } from "./written-out.tsx";

/** The form that the component's interface asks for. */
export function ParametersTab({ view }: { view: StepView }) {
  const { promoted } = useGraph();
  const faults = useStore(useDesigner().faults, (all) => all);
  const [advanced, setAdvanced] = useState(false);
  const shown = visibleParameters(view.definition?.parameters ?? [], view.node, promoted);
  if (!view.definition)
    return (
      <div className="flex flex-col gap-3">
        <p className="text-body text-ink-2">
          {view.node.ref === null
            ? "What this step takes and gives cannot be read from the text yet."
            : `Nothing is known as ${view.node.ref}. Choose another version in Runtime, or remove the step.`}
        </p>
        <WrittenOut view={view} />
      </div>
    );
  const trend = isMeasured(view) ? <MetricTrend node={view.id} /> : null;
  if (shown.length === 0)
    return (
      <div className="flex flex-col gap-3">
        <p className="text-body text-ink-3">This step has no parameters.</p>
        {trend}
        <WrittenOut view={view} />
      </div>
    );
  const faultOf = (name: string) => {
    const found = faults.find(
      ({ node, parameter, severity }) => node === view.id && parameter === name && severity === "error",
    );
    return found && describeFault(view, found);
  };
  const field = (parameter: (typeof shown)[number]) => (
    <ParameterField
      key={`${view.id}.${parameter.name}`}
      view={view}
      parameter={parameter}
      fault={faultOf(parameter.name)}
    />
  );
  const rare = shown.filter((parameter) => parameter.advanced);
  return (
    <div className="flex flex-col gap-3">
      {shown.filter((parameter) => !parameter.advanced).map(field)}
      {rare.length > 0 ? (
        <>
          <button
            type="button"
            aria-expanded={advanced}
            onClick={() => setAdvanced(!advanced)}
            className="flex items-center gap-1 self-start rounded-tag text-label text-ink-2 hover:text-ink"
          >
            {advanced ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
            Advanced, {rare.length}
          </button>
          {advanced ? rare.map(field) : null}
        </>
      ) : null}
      {trend}
      <WrittenOut view={view} />
      <EffectOfChange id={view.id} />
    </div>
  );
}
