"use client";

import { Link2 } from "lucide-react";
import { type ReactElement, useId } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { Literal, ParameterDefinition } from "#lib/components/model.ts";
import type { StepView } from "../model/canvas-model.ts";
import { describeGiven } from "../model/connect.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { useGraph } from "../session/use-graph.ts";
import { CodeField } from "./code-field.tsx";
import { ColumnField } from "./column-field.tsx";
import { ColumnsField } from "./columns-field.tsx";
import { checkTyped, currentValue, textOf } from "./parameter-values.ts";
import { ParameterVerbs } from "./parameter-verbs.tsx";
import { useEditedText } from "./use-edited-text.ts";

interface ParameterFieldProps {
  view: StepView;
  parameter: ParameterDefinition;
  fault?: string | undefined;
}

function labelOf(parameter: ParameterDefinition, value: Literal | undefined): string {
  const text = textOf(value);
  return (
    parameter.labels?.[text] ?? (text === "" ? "empty" : text.length > 24 ? `${text.slice(0, 23)}…` : text)
  );
}

/** What the last run had, where it differs from now. */
function useWas(
  view: StepView,
  parameter: ParameterDefinition,
  now: Literal | undefined,
): string | undefined {
  return useStore(useDesigner().run, (run) => {
    const ran = run?.graph.nodes.find(({ name }) => name === view.id);
    if (!run || !ran) return undefined;
    const binding = ran.inputs[parameter.name];
    const input = binding?.kind === "pipeline_input" ? run.graph.inputs[binding.name] : undefined;
    const before =
      input?.kind === "literal"
        ? input.value
        : binding === undefined
          ? (parameter.default ?? null)
          : binding.kind === "literal"
            ? binding.value
            : undefined;
    if (before === undefined || now === undefined || textOf(before) === textOf(now)) return undefined;
    return labelOf(parameter, before);
  });
}

/** One parameter of a step: the control that its type and widget ask for. */
export function ParameterField({ view, parameter, fault }: ParameterFieldProps) {
  const designer = useDesigner();
  const { document, mayEdit } = designer;
  const { promoted } = useGraph();
  const noteId = useId();
  const binding = view.node.inputs[parameter.name];
  const bound = binding?.kind === "pipeline_input" ? binding.name : null;
  const value = currentValue(parameter, binding, promoted);
  const was = useWas(view, parameter, value);
  const set = (next: Literal) => {
    if (bound !== null) document.setPromoted(bound, next);
    else document.setInput(view.id, parameter.name, next);
  };
  const edited = useEditedText(textOf(value), (text) => {
    const checked = checkTyped(parameter, text);
    if (!checked.ok) return checked.message;
    set(checked.value);
    return null;
  });
  const given = binding?.kind === "output" ? binding : null;
  const isElsewhere = given !== null || binding?.kind === "other" || binding?.kind === "data";
  const disabled = !mayEdit || isElsewhere;
  const typing = {
    value: edited.text,
    disabled,
    onFocus: () =>
      document.setEditing({ node: view.id, field: `inputs.${parameter.name}`, mine: value ?? null }),
    onBlur: () => {
      edited.leave();
      document.setEditing(null);
    },
  };
  const setText = (text: string) => edited.change(text);

  function control(): ReactElement<Record<string, unknown>> {
    if (given) return <Input readOnly value={describeGiven(designer.model.get(), given)} disabled />;
    if (isElsewhere) return <Input readOnly value="Set in the text" disabled />;
    if (parameter.enum)
      return (
        <Select
          options={parameter.enum.map((one) => ({ value: one, label: parameter.labels?.[one] ?? one }))}
          value={textOf(value) || null}
          onValueChange={set}
          disabled={!mayEdit}
        />
      );
    switch (parameter.widget) {
      case "python":
      case "sql":
        return (
          <CodeField
            {...typing}
            label={parameter.displayName}
            language={parameter.widget}
            onValueChange={setText}
          />
        );
      case "textarea":
        return <Textarea {...typing} rows={5} mono onChange={(event) => setText(event.target.value)} />;
      case "columns":
        return (
          <ColumnsField
            view={view}
            parameter={parameter}
            value={textOf(value)}
            disabled={disabled}
            onValueChange={set}
          />
        );
      case "column":
      case "column_list":
        return <ColumnField {...typing} view={view} parameter={parameter} onValueChange={setText} />;
    }
    const numeric = parameter.type === "integer" || parameter.type === "number";
    return (
      <Input
        {...typing}
        onChange={(event) => setText(event.target.value)}
        inputMode={numeric ? "decimal" : "text"}
        placeholder={
          parameter.default === undefined || parameter.default === null
            ? undefined
            : String(parameter.default)
        }
        onKeyDown={(event) => {
          if (event.key === "Enter") edited.leave();
        }}
        trailing={
          parameter.name === "random_seed" && textOf(value) === "0" ? "0 means not repeatable" : undefined
        }
      />
    );
  }

  const aside = given ? (
    <Tag
      tone="accent"
      icon={<Link2 size={12} />}
      label={`the line from ${given.node}`}
      onRemove={mayEdit ? () => document.disconnect({ node: view.id, port: parameter.name }) : undefined}
    >
      a step’s output
    </Tag>
  ) : bound === null ? (
    <ParameterVerbs view={view} parameter={parameter} isSet={binding !== undefined} />
  ) : (
    <Tag
      tone="accent"
      icon={<Link2 size={12} />}
      label={`the link to ${bound}`}
      onRemove={mayEdit ? () => document.demote(view.id, parameter.name) : undefined}
    >
      {bound}
    </Tag>
  );
  if (parameter.type === "boolean" && !parameter.enum && !isElsewhere) {
    const on = textOf(value) === "true";
    return (
      <div className="group">
        <div className="flex min-h-7 items-center gap-2">
          <Switch
            checked={on}
            disabled={!mayEdit}
            onCheckedChange={set}
            aria-describedby={was === undefined && fault === undefined ? undefined : noteId}
          >
            <span className="text-label text-ink-2">{parameter.displayName}</span>
          </Switch>
          {was === undefined ? null : <Was was={was} />}
          <span className="ml-auto">{aside}</span>
        </div>
        <div id={noteId} className={fault === undefined ? "sr-only" : "text-failed text-secondary"}>
          {was === undefined ? "" : `was ${was} `}
          {fault === undefined ? null : <span role="alert">{fault}</span>}
        </div>
      </div>
    );
  }
  return (
    <Field
      className="group"
      label={parameter.displayName}
      was={was}
      aside={aside}
      optional={parameter.optional}
      error={edited.problem ?? fault ?? undefined}
    >
      {control()}
    </Field>
  );
}

function Was({ was }: { was: string }) {
  return (
    <span aria-hidden="true" className="flex items-center gap-1 text-secondary text-ink-3">
      <span className="size-1.5 rounded-full bg-warning" />
      was {was}
    </span>
  );
}
