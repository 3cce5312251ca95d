"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { plural } from "#components/ui/format.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";
import type { Literal } from "#lib/components/model.ts";
import type { SubmitMemory } from "#lib/designer/model.ts";
import { FaultList } from "../bar/fault-list.tsx";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { useGraph } from "../session/use-graph.ts";

interface SubmitDialogProps {
  memory: SubmitMemory;
  busy: boolean;
  onSubmit: (memory: SubmitMemory) => void;
  onClose: () => void;
}

/** The choice that sets nothing; no compute has such a name. */
const asPipeline = "-";

function readLiteral(type: string, text: string): Literal {
  if (type === "boolean") return /^(true|yes|1)$/i.test(text.trim());
  if (type === "string") return text;
  const number = Number(text.trim());
  return Number.isFinite(number) ? number : text;
}

/** What a run is called, where it runs, and the values of the pipeline's inputs. What is filled in is remembered. */
export function SubmitDialog({ memory, busy, onSubmit, onClose }: SubmitDialogProps) {
  const designer = useDesigner();
  const { workspace } = designer;
  const graph = useGraph();
  const faults = useStore(designer.faults, (all) => all);
  const errors = faults.filter(({ severity }) => severity === "error");
  const { data } = useQuery(orpc.computes.list.queryOptions({ input: { workspace } }));
  const [experiment, setExperiment] = useState(memory.experiment ?? "");
  const [displayName, setDisplayName] = useState(memory.displayName ?? "");
  const [inputs, setInputs] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      graph.promoted.map(({ name, value }) => [name, String(memory.inputs?.[name] ?? value ?? "")]),
    ),
  );
  const [compute, setCompute] = useState(memory.defaultCompute ?? asPipeline);
  const [force, setForce] = useState(memory.forceRerun ?? false);
  const submit = () =>
    onSubmit({
      ...(experiment.trim() === "" ? {} : { experiment: experiment.trim() }),
      ...(displayName.trim() === "" ? {} : { displayName: displayName.trim() }),
      // A value that is that of the draft follows the draft.
      inputs: Object.fromEntries(
        graph.promoted.flatMap(({ name, type, value }) => {
          const text = inputs[name] ?? "";
          return text === String(value ?? "") ? [] : [[name, readLiteral(type, text)]];
        }),
      ),
      ...(compute === asPipeline ? {} : { defaultCompute: compute }),
      ...(force ? { forceRerun: true } : {}),
    });
  return (
    <FormDialog
      title="Run the pipeline"
      description={`${graph.nodes.length} steps. What did not change since an earlier run is reused.`}
      submitLabel={busy ? "Starting" : "Run"}
      busy={busy}
      disabled={errors.length > 0}
      onSubmit={submit}
      onClose={onClose}
    >
      {errors.length > 0 ? (
        <section aria-label="What is wrong" className="rounded-control bg-failed-tint p-2">
          <p role="alert" className="px-2 pb-1 text-body text-failed">
            It cannot run with {plural(errors.length, "fault")}. Choose one to go to its step.
          </p>
          <FaultList faults={errors} onShown={onClose} />
        </section>
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <Field label="Experiment">
          <Input
            value={experiment}
            placeholder={graph.displayName || "Default"}
            onChange={(event) => setExperiment(event.target.value)}
          />
        </Field>
        <Field label="Name of the run" optional>
          <Input
            value={displayName}
            placeholder={graph.displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </Field>
      </div>
      {graph.promoted.map(({ name, value, uses }) => (
        <Field
          key={name}
          label={name}
          was={inputs[name] === String(value ?? "") ? undefined : `${value ?? "empty"} in the draft`}
          help={uses.length > 0 ? `Used by ${uses.map(({ node }) => node).join(", ")}` : undefined}
        >
          <Input
            value={inputs[name] ?? ""}
            onChange={(event) => setInputs({ ...inputs, [name]: event.target.value })}
          />
        </Field>
      ))}
      <Field label="Default compute" help="For steps that name none">
        <Select
          options={[
            { value: asPipeline, label: "As the pipeline says, or the first that is free" },
            ...(data?.items ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
          value={compute}
          onValueChange={setCompute}
        />
      </Field>
      <Checkbox checked={force} onCheckedChange={(on) => setForce(on === true)}>
        Run every step again, reuse nothing
      </Checkbox>
    </FormDialog>
  );
}
