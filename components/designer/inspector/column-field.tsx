"use client";

import { useId } from "react";
import { Input, type InputProps } from "#components/ui/input.tsx";
import type { ParameterDefinition } from "#lib/components/model.ts";
import type { StepView } from "../model/canvas-model.ts";
import { useInputColumns } from "./use-input-columns.ts";

interface ColumnFieldProps extends Omit<InputProps, "onChange"> {
  view: StepView;
  parameter: ParameterDefinition;
  onValueChange: (value: string) => void;
}

/** One column (or several, by commas), with the columns that the step gets to choose from. */
export function ColumnField({ view, parameter, onValueChange, ...rest }: ColumnFieldProps) {
  const list = useId();
  const { columns, note } = useInputColumns(view, parameter);
  return (
    <Input
      {...rest}
      list={list}
      autoComplete="off"
      placeholder={columns.length > 0 ? "Name of a column" : (note ?? "")}
      onChange={(event) => onValueChange(event.target.value)}
      trailing={
        <datalist id={list}>
          {columns.map(({ name, type }) => (
            <option key={name} value={name}>
              {type}
            </option>
          ))}
        </datalist>
      }
    />
  );
}
