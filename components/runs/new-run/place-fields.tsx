"use client";

import { useQuery } from "@tanstack/react-query";
import { describeSlots } from "#components/computes/compute-words.ts";
import { Field } from "#components/ui/field.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";

const curatedRef = (name: string) => `azureml://registries/azureml/environments/${name}/labels/latest`;

/** The name in the forms by which an environment is found at its newest; null for another form. */
function newestName(ref: string): string | null {
  return (
    /^azureml:\/\/registries\/azureml\/environments\/([\w.-]+)\/labels\/latest$/i.exec(ref)?.[1] ??
    /^azureml:([\w.-]+)@latest$/i.exec(ref)?.[1] ??
    null
  );
}

interface PlaceFieldProps {
  workspace: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** The curated environments first, then the workspace's own, newest version. Another reference stays as it is written. */
export function EnvironmentField({
  workspace,
  value,
  onChange,
  error,
  inline,
}: PlaceFieldProps & { inline: boolean }) {
  const list = useQuery(orpc.environments.list.queryOptions({ input: { workspace, limit: 200 } }));
  const options = (list.data?.items ?? []).map((item) => ({
    name: item.name,
    value: item.curated ? curatedRef(item.name) : `azureml:${item.name}@latest`,
    label: item.name,
    hint: item.curated ? "comes with the studio" : `v${item.latest?.version ?? "–"}, newest`,
  }));
  const wanted = newestName(value);
  const chosen = options.find((option) => option.value === value || option.name === wanted);
  const own = value !== "" && !chosen ? [{ value, label: value.replace(/^azureml:/, "") }] : [];
  return (
    <Field
      label="Environment"
      error={error}
      help={
        inline ? (
          "Written in the job itself; see the YAML."
        ) : (
          <Link className="link" href={`/${workspace}/environments`}>
            All environments
          </Link>
        )
      }
    >
      <Select
        size="lg"
        disabled={inline}
        placeholder={inline ? "Packages of this job" : "Choose an environment"}
        options={[...options, ...own]}
        value={inline ? null : (chosen?.value ?? (value || null))}
        onValueChange={onChange}
      />
    </Field>
  );
}

export function ComputeField({ workspace, value, onChange, error }: PlaceFieldProps) {
  const list = useQuery(orpc.computes.list.queryOptions({ input: { workspace }, refetchInterval: 10_000 }));
  const targets = list.data?.items ?? [];
  const name = value.replace(/^azureml:/, "");
  const chosen = targets.find((target) => target.name === name);
  const own = name !== "" && list.data && !chosen ? [{ value: name, label: name, hint: "not here" }] : [];
  return (
    <Field
      label="Compute"
      error={error}
      help={
        chosen ? (
          <span className={chosen.availability.available ? undefined : "text-warning"}>
            {chosen.availability.available
              ? describeSlots(chosen)
              : `Not available: ${chosen.availability.reason} The run waits until it is.`}
          </span>
        ) : undefined
      }
    >
      <Select
        size="lg"
        placeholder="The workspace's default"
        options={[
          ...targets.map((target) => ({
            value: target.name,
            label: target.name,
            hint: target.availability.available ? target.description : "not available",
          })),
          ...own,
        ]}
        value={name || null}
        onValueChange={(next) => onChange(`azureml:${next}`)}
      />
    </Field>
  );
}
