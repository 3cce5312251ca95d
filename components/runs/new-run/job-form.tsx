"use client";

import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

import { readInputs, readJob, readOutputs, readText, writeText } from "../job-document.ts";
import type { UploadedCode } from "../upload-code.ts";
import { CodeField } from "./code-field.tsx";
import { CommandField } from "./command-field.tsx";
import { InputRows } from "./input-rows.tsx";
import { type Issue, otherIssues, problemAt, sentenceOf } from "./issues.ts";
import { OutputRows } from "./output-rows.tsx";
import { ComputeField, EnvironmentField } from "./place-fields.tsx";

export interface JobFormProps {
  workspace: string;
  text: string;
  onChange: (text: string) => void;
  errors: readonly Issue[];
  code: UploadedCode | null;
  onCodeChange: (code: UploadedCode | null) => void;
  onUploading: (uploading: boolean) => void;
  yamlHref: string;
}

const shown = [
  "display_name",
  "experiment_name",
  "code",
  "command",
  "inputs",
  "outputs",
  "environment",
  "compute",
];

/** The parts of a job that most runs need; all else is in the YAML and stays there. */
export function JobForm(props: JobFormProps) {
  const { workspace, text, onChange, errors, code, yamlHref } = props;
  const job = readJob(text);
  if (!job) {
    return (
      <ErrorState
        title="The job file cannot be shown as a form"
        actions={
          <ButtonLink size="sm" href={yamlHref}>
            Mend it in the YAML
          </ButtonLink>
        }
      >
        {errors[0] ? sentenceOf(errors[0].message) : "It is no YAML mapping."}
      </ErrorState>
    );
  }
  const inputs = readInputs(job);
  const outputs = readOutputs(job);
  const set = (key: string) => (value: string) => onChange(writeText(text, key, value));
  const bind = (key: string) => ({
    value: readText(job, key),
    onChange: (event: { target: { value: string } }) => set(key)(event.target.value),
  });
  const environment: unknown = job.get("environment");
  const others = otherIssues(errors, shown);
  return (
    <div className="flex flex-col gap-7">
      {others.length > 0 ? (
        <ErrorState
          title={sentenceOf(
            others[0]?.path ? `${others[0].path}: ${others[0].message}` : (others[0]?.message ?? ""),
          )}
          actions={
            <ButtonLink size="sm" href={yamlHref}>
              Mend it in the YAML
            </ButtonLink>
          }
        />
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Name"
          optional
          help="Made up when it is empty"
          error={problemAt(errors, "display_name")}
        >
          <Input size="lg" {...bind("display_name")} />
        </Field>
        <Field
          label="Experiment"
          optional
          help="Groups runs; “Default” when it is empty"
          error={problemAt(errors, "experiment_name")}
        >
          <Input size="lg" {...bind("experiment_name")} />
        </Field>
      </div>
      <Section title="Code">
        <CodeField
          workspace={workspace}
          code={code}
          onChange={(next) => {
            // A path in the file would mean a folder of another machine.
            if (next === null) onChange(writeText(text, "code", ""));
            props.onCodeChange(next);
          }}
          onUploading={props.onUploading}
          error={problemAt(errors, "code")}
        />
        <CommandField
          value={readText(job, "command")}
          onChange={set("command")}
          error={problemAt(errors, "command")}
          names={[
            ...inputs.map((row) => `inputs.${row.name}`),
            ...outputs.map((row) => `outputs.${row.name}`),
          ]}
        />
      </Section>
      <Section
        title="Inputs"
        help="Values are also the run's parameters. Data is put beside the command, which gets its path."
      >
        <InputRows workspace={workspace} rows={inputs} text={text} onChange={onChange} errors={errors} />
      </Section>
      <Section
        title="Outputs"
        help="The command gets a path to write to. What it writes to outputs/ is kept in any case."
      >
        <OutputRows rows={outputs} text={text} onChange={onChange} errors={errors} />
      </Section>
      <Section title="Where it runs">
        <div className="grid gap-4 sm:grid-cols-2">
          <EnvironmentField
            workspace={workspace}
            value={readText(job, "environment")}
            inline={typeof environment === "object" && environment !== null}
            onChange={set("environment")}
            error={problemAt(errors, "environment")}
          />
          <ComputeField
            workspace={workspace}
            value={readText(job, "compute")}
            onChange={set("compute")}
            error={problemAt(errors, "compute")}
          />
        </div>
      </Section>
    </div>
  );
}

function Section({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 border-line border-t pt-5">
      <div>
        <h2 className="text-section">{title}</h2>
        {help ? <p className="text-secondary text-ink-3">{help}</p> : null}
      </div>
      {children}
    </section>
  );
}
