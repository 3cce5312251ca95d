"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { orpc } from "#lib/api/client.ts";

export interface RegisteredNameProps {
  workspace: string;
  kind: "dataset" | "model";
  label?: string | undefined;
  value: string;
  onChange: (name: string) => void;
  error?: string | undefined;
  disabled?: boolean | undefined;
}

/** The name of a dataset or model that gets a version: those that are there are offered, and it says which version comes. */
export function RegisteredName(props: RegisteredNameProps) {
  const { workspace, kind, label = "Registered as", value, onChange, error, disabled } = props;
  const listId = useId();
  const input = { workspace, limit: 200 };
  const datasets = useQuery(orpc.datasets.list.queryOptions({ input, enabled: kind === "dataset" }));
  const models = useQuery(orpc.models.list.queryOptions({ input, enabled: kind === "model" }));
  const known = (kind === "dataset" ? datasets : models).data?.items ?? [];
  const latest = known.find(({ name }) => name === value)?.latest;
  return (
    <>
      <Field
        label={label}
        error={error}
        help={
          latest
            ? `Becomes the version after v${latest.version}`
            : `A new ${kind}. Letters, digits, dashes, dots`
        }
      >
        <Input
          size="lg"
          list={listId}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      </Field>
      <datalist id={listId}>
        {known.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
