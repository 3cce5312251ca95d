"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

import { freeName, type InputRow, removeEntry, renameEntry, setInput } from "../job-document.ts";
import { DataInput } from "./data-input.tsx";
import { type Issue, problemAt } from "./issues.ts";
import { NameInput } from "./name-input.tsx";
import { RowFrame } from "./row-frame.tsx";

export interface InputRowsProps {
  workspace: string;
  rows: readonly InputRow[];
  text: string;
  onChange: (text: string) => void;
  errors: readonly Issue[];
}

const kinds = [
  { value: "value", label: "Value" },
  { value: "data", label: "Data" },
] as const;

/** What the command is given: values, which are also the run's parameters, and data. */
export function InputRows({ workspace, rows, text, onChange, errors }: InputRowsProps) {
  const names = rows.map((row) => row.name);
  const add = (kind: InputRow["kind"]) =>
    onChange(
      setInput(text, {
        name: freeName(kind === "data" ? "data" : "value", names),
        kind,
        value: "",
        type: kind === "data" ? "uri_file" : "",
      }),
    );
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row) => (
        <RowFrame key={row.name} error={problemAt(errors, `inputs.${row.name}`)}>
          <div className="grid gap-2 max-sm:pr-11 sm:grid-cols-[168px_96px_minmax(0,1fr)_28px]">
            <NameInput
              label={`Name of input ${row.name}`}
              value={row.name}
              taken={names}
              onChange={(name) => onChange(renameEntry(text, "inputs", row.name, name))}
            />
            <Select
              size="lg"
              aria-label={`Kind of ${row.name}`}
              options={kinds}
              value={row.kind}
              onValueChange={(kind) => {
                const type = kind === "data" ? "uri_file" : "";
                const emptied = removeEntry(text, "inputs", row.name);
                if (kind !== row.kind) onChange(setInput(emptied, { name: row.name, kind, value: "", type }));
              }}
            />
            {row.kind === "data" ? (
              <DataInput
                workspace={workspace}
                label={row.name}
                path={row.value}
                onChange={(value, type) =>
                  onChange(setInput(text, { ...row, value, type: type ?? row.type }))
                }
              />
            ) : (
              <Input
                size="lg"
                mono
                aria-label={`Value of ${row.name}`}
                value={row.value}
                onChange={(event) => onChange(setInput(text, { ...row, value: event.target.value }))}
              />
            )}
            <IconButton
              label={`Remove ${row.name}`}
              icon={<X size={14} />}
              className="max-sm:absolute max-sm:top-0 max-sm:right-0 sm:mt-0.5"
              onClick={() => onChange(removeEntry(text, "inputs", row.name))}
            />
          </div>
        </RowFrame>
      ))}
      <div className="flex gap-2">
        <Button size="sm" icon={<Plus size={14} />} onClick={() => add("value")}>
          Value
        </Button>
        <Button size="sm" icon={<Plus size={14} />} onClick={() => add("data")}>
          Data
        </Button>
      </div>
    </div>
  );
}
