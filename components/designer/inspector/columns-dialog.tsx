"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { ParameterDefinition } from "#lib/components/model.ts";
import type { StepView } from "../model/canvas-model.ts";
import { ColumnNames } from "./column-names.tsx";
import { describeSelection, readSelection, writeSelection } from "./column-rules.ts";
import { ColumnRules } from "./column-rules-form.tsx";
import { useInputColumns } from "./use-input-columns.ts";

interface ColumnsDialogProps {
  view: StepView;
  parameter: ParameterDefinition;
  value: string;
  onKeep: (value: string) => void;
  onClose: () => void;
}

/** Chooses columns by name, from those that the step gets, or by rules that also hold for columns to come. */
export function ColumnsDialog({ view, parameter, value, onKeep, onClose }: ColumnsDialogProps) {
  const [selection, setSelection] = useState(() => readSelection(value));
  const { columns, note } = useInputColumns(view, parameter);
  const setMode = (mode: "names" | "rules") => {
    // All columns by name: what the rule “all” means today.
    const names =
      mode === "names" &&
      selection.names.length === 0 &&
      selection.begin === "all" &&
      selection.rules.length === 0
        ? columns.map(({ name }) => name)
        : selection.names;
    setSelection({ ...selection, mode, names });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={parameter.displayName}
      description={parameter.description}
      width={600}
      footerNote={
        <span className="text-secondary text-ink-3">{describeSelection(writeSelection(selection))}</span>
      }
      footer={
        <>
          <Button onClick={onClose}>Keep as it was</Button>
          <Button variant="primary" onClick={() => onKeep(writeSelection(selection))}>
            Use these columns
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Segmented
          label="How columns are chosen"
          options={[
            { value: "names", label: "By name" },
            { value: "rules", label: "With rules" },
          ]}
          value={selection.mode}
          onValueChange={setMode}
          className="self-start"
        />
        {selection.mode === "names" ? (
          <ColumnNames
            columns={columns}
            note={note}
            chosen={selection.names}
            onChange={(names) => setSelection({ ...selection, names })}
          />
        ) : (
          <ColumnRules selection={selection} columns={columns} onChange={setSelection} />
        )}
      </div>
    </Dialog>
  );
}
