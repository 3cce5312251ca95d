"use client";

import { useState } from "react";
import { readFormErrors } from "#components/people/form-errors.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { api } from "#lib/api/client.ts";
import type { PipelineEndpoint } from "#lib/pipeline-endpoints/model.ts";
import type { PipelineInput } from "#lib/pipelines/model.ts";
import { defaultText, describeInput, readInputs } from "./input-values.ts";

interface SubmitFormProps {
  workspace: string;
  endpoint: PipelineEndpoint;
  mayChange: boolean;
}

/** Starts a run of a published pipeline as oneself, with other inputs than its own where they are filled in. */
export function SubmitForm({ workspace, endpoint, mayChange }: SubmitFormProps) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [version, setVersion] = useState(String(endpoint.defaultVersion));
  const [displayName, setDisplayName] = useState("");
  const [experiment, setExperiment] = useState("");
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const inputs = Object.entries(endpoint.inputs);

  async function submit() {
    if (busy || !mayChange) return;
    const read = readInputs(endpoint.inputs, texts);
    setFaults(read.faults);
    setProblem(undefined);
    if (Object.keys(read.faults).length > 0) return;
    setBusy(true);
    try {
      const run = await api.pipelineEndpoints.submit({
        workspace,
        endpoint: endpoint.name,
        inputs: read.values,
        ...(version === String(endpoint.defaultVersion) ? {} : { version: Number(version) }),
        ...(displayName.trim() === "" ? {} : { displayName: displayName.trim() }),
        ...(experiment.trim() === "" ? {} : { experimentName: experiment.trim() }),
      });
      navigate.push(`/${workspace}/runs/${run.name}`);
    } catch (error) {
      const known = [...Object.keys(endpoint.inputs), "displayName", "experimentName", "version"];
      const { byField, whole } = readFormErrors(error, known);
      setFaults(byField);
      setProblem(whole);
      setBusy(false);
    }
  }

  return (
    <form
      className="flex max-w-[944px] flex-col gap-4 p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {problem ? <Notice tone="warning">{problem}</Notice> : null}
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Version" error={faults.version}>
          <Select
            size="lg"
            options={endpoint.versions.map(({ number, isDefault, note }) => ({
              value: String(number),
              label: `v${number}`,
              hint: [isDefault ? "default" : "", note].filter(Boolean).join(", "),
            }))}
            value={version}
            onValueChange={setVersion}
          />
        </Field>
        <Field label="Experiment" optional error={faults.experimentName}>
          <Input size="lg" value={experiment} onChange={(event) => setExperiment(event.target.value)} />
        </Field>
        <Field label="Name of the run" optional error={faults.displayName}>
          <Input size="lg" value={displayName} onChange={(event) => setDisplayName(event.target.value)} />
        </Field>
      </div>
      <h2 className="text-section">Inputs</h2>
      {inputs.length === 0 ? (
        <p className="text-body text-ink-2">This pipeline has no inputs. A run starts with what it has.</p>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          {inputs.map(([name, input]) => {
            const own = defaultText(input);
            const text = texts[name] ?? own;
            return (
              <Field
                key={name}
                label={name}
                optional={input.optional}
                help={input.description ?? describeInput(input)}
                error={faults[name]}
                was={text === own || own === "" ? undefined : own}
              >
                <InputControl
                  input={input}
                  value={text}
                  onChange={(value) => setTexts({ ...texts, [name]: value })}
                />
              </Field>
            );
          })}
        </div>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" size="lg" busy={busy} disabled={!mayChange}>
          {busy ? "Starting" : "Submit"}
        </Button>
        {mayChange ? null : <span className="text-secondary text-ink-3">Readers cannot start runs.</span>}
      </div>
    </form>
  );
}

interface InputControlProps {
  input: PipelineInput;
  value: string;
  onChange: (value: string) => void;
}

function InputControl({ input, value, onChange, ...field }: InputControlProps) {
  const choices =
    input.kind === "data" ? undefined : input.type === "boolean" ? ["true", "false"] : input.enum;
  if (choices) {
    return (
      <Select
        {...field}
        size="lg"
        options={choices.map((choice) => ({ value: choice, label: choice }))}
        value={choices.includes(value) ? value : null}
        onValueChange={onChange}
      />
    );
  }
  return (
    <Input
      {...field}
      size="lg"
      mono={input.kind === "data"}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
