"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ColumnProfile } from "#lib/designer/model.ts";
import {
  type ColumnRule,
  type ColumnSelection,
  columnRoles,
  columnTypes,
  isIndexList,
  type RuleKind,
} from "./column-rules.ts";

const acts = [
  { value: "include" as const, label: "Include" },
  { value: "exclude" as const, label: "Exclude" },
];
const kinds: { value: RuleKind; label: string }[] = [
  { value: "names", label: "names" },
  { value: "types", label: "types" },
  { value: "roles", label: "roles" },
  { value: "indexes", label: "positions" },
];

interface ColumnRulesProps {
  selection: ColumnSelection;
  columns: readonly ColumnProfile[];
  onChange: (selection: ColumnSelection) => void;
}

/** All or none, then rules one after the other. */
export function ColumnRules({ selection, columns, onChange }: ColumnRulesProps) {
  const setRules = (rules: ColumnRule[]) => onChange({ ...selection, rules });
  const setRule = (index: number, rule: ColumnRule) =>
    setRules(selection.rules.map((old, at) => (at === index ? rule : old)));
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2 text-body">
        Begin with
        <Segmented
          label="Begin with"
          options={[
            { value: "all", label: "All columns" },
            { value: "none", label: "No columns" },
          ]}
          value={selection.begin}
          onValueChange={(begin) => onChange({ ...selection, begin })}
        />
      </div>
      {selection.rules.map((rule, index) => (
        <div key={index} className="flex items-start gap-2">
          <Select
            aria-label={`Rule ${index + 1}: include or exclude`}
            options={acts}
            value={rule.act}
            onValueChange={(act) => setRule(index, { ...rule, act })}
            className="w-28 flex-none"
          />
          <Select
            aria-label={`Rule ${index + 1}: by what`}
            options={kinds}
            value={rule.by}
            onValueChange={(by) => setRule(index, { ...rule, by, values: [] })}
            className="w-28 flex-none"
          />
          <RuleValues
            rule={rule}
            columns={columns}
            onChange={(values) => setRule(index, { ...rule, values })}
          />
          <IconButton
            label={`Remove rule ${index + 1}`}
            icon={<Trash2 size={14} />}
            onClick={() => setRules(selection.rules.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="sm"
        icon={<Plus size={12} />}
        className="self-start"
        onClick={() =>
          setRules([
            ...selection.rules,
            { act: selection.begin === "all" ? "exclude" : "include", by: "names", values: [] },
          ])
        }
      >
        Add a rule
      </Button>
    </div>
  );
}

function RuleValues({
  rule,
  columns,
  onChange,
}: {
  rule: ColumnRule;
  columns: readonly ColumnProfile[];
  onChange: (values: string[]) => void;
}) {
  if (rule.by === "names") {
    return (
      <Input
        aria-label="Names, separated by commas"
        placeholder="age, job"
        list="designer-columns"
        defaultValue={rule.values.join(", ")}
        onBlur={(event) =>
          onChange(
            event.target.value
              .split(",")
              .map((name) => name.trim())
              .filter(Boolean),
          )
        }
        trailing={
          <datalist id="designer-columns">
            {columns.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        }
      />
    );
  }
  if (rule.by === "indexes") {
    const text = rule.values[0] ?? "";
    return (
      <Input
        aria-label="Positions, counted from 1"
        placeholder="1-3, 5"
        value={text}
        aria-invalid={text !== "" && !isIndexList(text)}
        onChange={(event) => onChange([event.target.value])}
      />
    );
  }
  const options = rule.by === "types" ? columnTypes : columnRoles;
  return (
    <div className="flex min-h-7 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
      {options.map((option) => (
        <Checkbox
          key={option}
          checked={rule.values.includes(option)}
          onCheckedChange={(on) =>
            onChange(on ? [...rule.values, option] : rule.values.filter((one) => one !== option))
          }
        >
          {option}
        </Checkbox>
      ))}
    </div>
  );
}
