"use client";

import { Fragment, useId } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { SchemaField } from "./schema-fields.ts";

export interface TestFormProps {
  fields: readonly SchemaField[];
  values: Record<string, string>;
  faults: Record<string, string>;
  onChange: (name: string, value: string) => void;
}

const yesNo = [
  { value: "true", label: "true" },
  { value: "false", label: "false" },
] as const;

const hints: Partial<Record<SchemaField["kind"], string>> = {
  integer: "123",
  number: "1.2",
  datetime: "time",
};

/** One field for each input of the model, of its type. */
export function TestForm({ fields, values, faults, onChange }: TestFormProps) {
  const id = useId();
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(160px,1fr))] gap-3">
      {fields.map(({ name, kind, required, values: known }, index) => (
        <Fragment key={name}>
          <Field label={name} error={faults[name]} optional={!required}>
            {kind === "boolean" ? (
              <Select
                size="lg"
                options={yesNo}
                value={values[name] === "true" || values[name] === "false" ? values[name] : null}
                placeholder="Choose"
                onValueChange={(value) => onChange(name, value)}
              />
            ) : (
              <Input
                size="lg"
                list={known ? `${id}-${index}` : undefined}
                inputMode={kind === "integer" ? "numeric" : kind === "number" ? "decimal" : "text"}
                value={values[name] ?? ""}
                trailing={
                  hints[kind] ? <span className="text-caption text-ink-3">{hints[kind]}</span> : undefined
                }
                onChange={(event) => onChange(name, event.target.value)}
              />
            )}
          </Field>
          {known ? (
            <datalist id={`${id}-${index}`}>
              {known.map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          ) : null}
        </Fragment>
      ))}
    </div>
  );
}
