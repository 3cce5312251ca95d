"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

import { freeName, type OutputRow, removeEntry, renameEntry, setOutput } from "../job-document.ts";
import { type Issue, problemAt } from "./issues.ts";
import { NameInput } from "./name-input.tsx";
import { RowFrame } from "./row-frame.tsx";

export interface OutputRowsProps {
  rows: readonly OutputRow[];
  text: string;
  onChange: (text: string) => void;
  errors: readonly Issue[];
}

const types = [
  { value: "uri_folder", label: "Folder" },
  { value: "uri_file", label: "File" },
  { value: "mlflow_model", label: "MLflow model" },
  { value: "custom_model", label: "Other model" },
  { value: "mltable", label: "Table" },
];

/** What the command writes, each to a folder or file of its own, and what it becomes when the run completes. */
export function OutputRows({ rows, text, onChange, errors }: OutputRowsProps) {
  const names = rows.map((row) => row.name);
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row) => (
        <RowFrame key={row.name} error={problemAt(errors, `outputs.${row.name}`)}>
          <div className="grid gap-2 max-sm:pr-11 sm:grid-cols-[168px_144px_minmax(0,1fr)_28px]">
            <NameInput
              label={`Name of output ${row.name}`}
              value={row.name}
              taken={names}
              onChange={(name) => onChange(renameEntry(text, "outputs", row.name, name))}
            />
            <Select
              size="lg"
              aria-label={`Type of ${row.name}`}
              options={
                types.some(({ value }) => value === row.type)
                  ? types
                  : [...types, { value: row.type, label: row.type }]
              }
              value={row.type}
              onValueChange={(type) => onChange(setOutput(text, { ...row, type }))}
            />
            <Input
              size="lg"
              aria-label={`${row.name} becomes`}
              placeholder={
                row.type.endsWith("model")
                  ? "Register as this model, when the run completes"
                  : "Register as this dataset, when the run completes"
              }
              value={row.asset}
              onChange={(event) => onChange(setOutput(text, { ...row, asset: event.target.value }))}
            />
            <IconButton
              label={`Remove ${row.name}`}
              icon={<X size={14} />}
              className="max-sm:absolute max-sm:top-0 max-sm:right-0 sm:mt-0.5"
              onClick={() => onChange(removeEntry(text, "outputs", row.name))}
            />
          </div>
        </RowFrame>
      ))}
      <Button
        size="sm"
        className="self-start"
        icon={<Plus size={14} />}
        onClick={() =>
          onChange(setOutput(text, { name: freeName("output", names), type: "uri_folder", asset: "" }))
        }
      >
        Output
      </Button>
    </div>
  );
}
