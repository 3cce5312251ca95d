"use client";

import { ListFilter } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Select } from "#components/ui/select.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { filterOperators, type RowFilter, type TableColumn } from "#lib/tables/model.ts";
import { isNumeric } from "./column-words.ts";
import { describeFilter, needsValue, operatorWord } from "./filter-codec.ts";

export interface FilterBarProps {
  columns: readonly TableColumn[];
  filters: RowFilter[];
  onChange: (filters: RowFilter[]) => void;
}

/** The conditions that rows must meet, as tags, and a form that adds one. */
export function FilterBar({ columns, filters, onChange }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const [column, setColumn] = useState(columns[0]?.name ?? "");
  const [operator, setOperator] = useState<RowFilter["operator"]>("=");
  const [value, setValue] = useState("");
  const chosen = columns.find((each) => each.name === column);
  const wrong =
    needsValue(operator) && chosen && isNumeric(chosen) && value !== "" && !Number.isFinite(Number(value))
      ? `${column} holds numbers`
      : undefined;
  const ready = !needsValue(operator) || (value !== "" && !wrong);

  function add() {
    if (!ready) return;
    onChange([...filters, { column, operator, ...(needsValue(operator) ? { value } : {}) }]);
    setValue("");
    setOpen(false);
  }

  return (
    <>
      <Popover
        title="Keep rows where"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button size="lg" icon={<ListFilter size={16} />}>
            Filter
          </Button>
        }
      >
        <form
          className="flex flex-col gap-3 pt-2"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Field label="Column">
            <Select
              size="lg"
              options={columns.map((each) => ({ value: each.name, label: each.name }))}
              value={column}
              onValueChange={setColumn}
            />
          </Field>
          <Field label="Condition">
            <Select
              size="lg"
              options={filterOperators.map((each) => ({ value: each, label: operatorWord(each) }))}
              value={operator}
              onValueChange={setOperator}
            />
          </Field>
          {needsValue(operator) ? (
            <Field label="Value" error={wrong}>
              <Input size="lg" value={value} onChange={(event) => setValue(event.target.value)} />
            </Field>
          ) : null}
          <Button type="submit" variant="primary" size="lg" disabled={!ready}>
            Filter rows
          </Button>
        </form>
      </Popover>
      {filters.map((filter, index) => (
        <Tag
          key={`${index}-${describeFilter(filter)}`}
          tone="accent"
          label={describeFilter(filter)}
          onRemove={() => onChange(filters.filter((_, at) => at !== index))}
        >
          {describeFilter(filter)}
        </Tag>
      ))}
    </>
  );
}
