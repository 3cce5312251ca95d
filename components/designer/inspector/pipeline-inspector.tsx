"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2, Workflow } from "lucide-react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { orpc } from "#lib/api/client.ts";
import type { PromotedInput } from "#lib/designer/document/types.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { useGraph } from "../session/use-graph.ts";
import { MetricTrend } from "./metric-trend.tsx";
import { useEditedText } from "./use-edited-text.ts";

/** The choice that sets nothing; no compute has such a name. */
const noCompute = "-";

/** What holds for the whole pipeline: its inputs, where steps run, what happens when one fails. */
export function PipelineInspector() {
  const { workspace, document, mayEdit } = useDesigner();
  const graph = useGraph();
  const { data } = useQuery(orpc.computes.list.queryOptions({ input: { workspace } }));
  const description = useEditedText(graph.description, (text) => {
    document.setPipeline({ description: text.trim() === "" ? null : text });
    return null;
  });
  const named = graph.settings.default_compute;
  const compute = typeof named === "string" ? named.replace(/^azureml:/, "") : noCompute;
  const targets = (data?.items ?? []).map(({ name }) => ({ value: name, label: name }));
  return (
    <>
      <h2 className="flex flex-none items-center gap-2 border-line border-b px-4 py-3 text-section">
        <Workflow size={16} className="text-ink-2" />
        Pipeline
      </h2>
      <div
        role="tabpanel"
        aria-label="Pipeline"
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4"
      >
        <Field label="Description" optional>
          <Textarea
            value={description.text}
            disabled={!mayEdit}
            onChange={(event) => description.change(event.target.value)}
            onBlur={description.leave}
          />
        </Field>
        <section aria-label="Inputs" className="flex flex-col gap-2">
          <h3 className="text-label text-ink-2">Inputs</h3>
          {graph.promoted.length === 0 ? (
            <p className="text-secondary text-ink-3">
              A parameter becomes an input of the pipeline with the arrow beside its name. Each run can then
              give it another value.
            </p>
          ) : (
            graph.promoted.map((input) => <PromotedField key={input.name} input={input} />)
          )}
        </section>
        <Field label="Default compute" help="For steps that name none">
          <Select
            options={[
              { value: noCompute, label: "The first that is free" },
              ...targets,
              ...(compute === noCompute || targets.some(({ value }) => value === compute)
                ? []
                : [{ value: compute, label: compute, hint: "not there" }]),
            ]}
            value={compute}
            disabled={!mayEdit}
            onValueChange={(next) =>
              document.setSettings({ default_compute: next === noCompute ? null : `azureml:${next}` })
            }
          />
        </Field>
        <Switch
          checked={graph.settings.continue_on_step_failure === true}
          disabled={!mayEdit}
          onCheckedChange={(on) => document.setSettings({ continue_on_step_failure: on })}
        >
          <span className="text-label text-ink-2">Go on with other steps when one fails</span>
        </Switch>
        <MetricTrend />
      </div>
    </>
  );
}

function PromotedField({ input }: { input: PromotedInput }) {
  const designer = useDesigner();
  const { document, mayEdit, model } = designer;
  const edited = useEditedText(String(input.value ?? ""), (text) => {
    const isNumber = input.type === "integer" || input.type === "number";
    const number = Number(text.trim());
    if (isNumber && (text.trim() === "" || !Number.isFinite(number))) return "Enter a number";
    if (input.type === "integer" && !Number.isInteger(number)) return "Enter a whole number";
    const value = isNumber ? number : input.type === "boolean" ? /^(true|yes|1)$/i.test(text.trim()) : text;
    document.setPromoted(input.name, value);
    return null;
  });
  const { byId } = model.get();
  return (
    <Field
      label={
        <span className="inline-flex items-center gap-1">
          <Link2 size={12} className="text-accent" />
          {input.name}
        </span>
      }
      error={edited.problem ?? undefined}
      aside={
        <span className="flex gap-1">
          {input.uses.map(({ node, parameter }) => (
            <button
              key={`${node}.${parameter}`}
              type="button"
              className="link text-secondary"
              onClick={() => select(designer, [node])}
            >
              {byId.get(node)?.title ?? node}
            </button>
          ))}
        </span>
      }
    >
      <Input
        value={edited.text}
        disabled={!mayEdit}
        onChange={(event) => edited.change(event.target.value)}
        onBlur={edited.leave}
      />
    </Field>
  );
}
