"use client";

import { useQuery } from "@tanstack/react-query";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { orpc } from "#lib/api/client.ts";
import { isMap } from "#lib/designer/document/values.ts";
import type { StepView } from "../model/canvas-model.ts";
import { useDesigner } from "../session/designer.ts";
import { ComponentVersion } from "./component-version.tsx";
import { useEditedText } from "./use-edited-text.ts";

/** The choice that sets nothing; no compute has such a name. */
const ownCompute = "-";

/** Where and how a step runs. What is not set follows the pipeline and the component. */
export function RuntimeTab({ view }: { view: StepView }) {
  const { workspace, document, mayEdit } = useDesigner();
  const { node } = view;
  const { data } = useQuery(orpc.computes.list.queryOptions({ input: { workspace } }));
  const targets = (data?.items ?? []).map(({ name }) => ({ value: name, label: name }));
  const compute = node.compute?.replace(/^azureml:/, "") ?? ownCompute;
  const known = compute === ownCompute || targets.some(({ value }) => value === compute);
  const limits = isMap(node.raw.limits) ? node.raw.limits : {};
  const timeout = useEditedText(limits.timeout === undefined ? "" : String(limits.timeout), (text) => {
    const seconds = Number(text.trim());
    if (text.trim() !== "" && (!Number.isInteger(seconds) || seconds <= 0))
      return "Enter whole seconds, above 0";
    const { timeout: _, ...rest } = limits;
    const next = text.trim() === "" ? rest : { ...rest, timeout: seconds };
    document.setNode(view.id, { limits: Object.keys(next).length > 0 ? next : null });
    return null;
  });
  const environment = useEditedText(typeof node.environment === "string" ? node.environment : "", (text) => {
    document.setNode(view.id, { environment: text.trim() === "" ? null : text.trim() });
    return null;
  });
  const retries = useEditedText(
    typeof node.raw.retries === "number" ? String(node.raw.retries) : "",
    (text) => {
      const count = Number(text.trim());
      if (text.trim() !== "" && (!Number.isInteger(count) || count < 0 || count > 10)) return "Enter 0 to 10";
      document.setNode(view.id, { retries: text.trim() === "" ? null : count });
      return null;
    },
  );
  const comment = useEditedText(node.comment, (text) => {
    document.setNode(view.id, { comment: text.trim() === "" ? null : text });
    return null;
  });
  const inline = isMap(node.environment);
  return (
    <div className="flex flex-col gap-3">
      <ComponentVersion view={view} />
      <Field label="Compute">
        <Select
          options={[
            { value: ownCompute, label: "As the pipeline" },
            ...targets,
            ...(known ? [] : [{ value: compute, label: compute, hint: "not there" }]),
          ]}
          value={compute}
          disabled={!mayEdit}
          onValueChange={(next) =>
            document.setNode(view.id, { compute: next === ownCompute ? null : `azureml:${next}` })
          }
        />
      </Field>
      <Field
        label="Environment"
        optional
        help={inline ? "Written out in the text: edit it there" : undefined}
      >
        <Input
          value={inline ? "Set in the text" : environment.text}
          disabled={!mayEdit || inline}
          placeholder="As the component"
          onChange={(event) => environment.change(event.target.value)}
          onBlur={environment.leave}
        />
      </Field>
      <Field label="Time limit in seconds" optional error={timeout.problem ?? undefined}>
        <Input
          value={timeout.text}
          disabled={!mayEdit}
          inputMode="numeric"
          placeholder="None"
          onChange={(event) => timeout.change(event.target.value)}
          onBlur={timeout.leave}
        />
      </Field>
      <Field label="Tries after a failure" optional error={retries.problem ?? undefined}>
        <Input
          value={retries.text}
          disabled={!mayEdit}
          inputMode="numeric"
          placeholder="0"
          onChange={(event) => retries.change(event.target.value)}
          onBlur={retries.leave}
        />
      </Field>
      <Switch
        checked={node.raw.is_deterministic === false}
        disabled={!mayEdit}
        onCheckedChange={(on) => document.setNode(view.id, { is_deterministic: on ? false : null })}
      >
        <span className="text-label text-ink-2">Run again each time</span>
      </Switch>
      {view.definition?.kind === "module" ? (
        <Switch
          checked={node.isolation}
          disabled={!mayEdit}
          onCheckedChange={(on) => document.setNode(view.id, { isolation: on ? true : null })}
        >
          <span className="text-label text-ink-2">A container of its own</span>
        </Switch>
      ) : null}
      <Field label="Comment" optional>
        <Textarea
          value={comment.text}
          disabled={!mayEdit}
          rows={3}
          onChange={(event) => comment.change(event.target.value)}
          onBlur={comment.leave}
        />
      </Field>
    </div>
  );
}
