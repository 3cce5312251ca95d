"use client";

import { Columns3 } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ParameterDefinition } from "#lib/components/model.ts";
import type { StepView } from "../model/canvas-model.ts";
import { describeSelection } from "./column-rules.ts";
import { ColumnsDialog } from "./columns-dialog.tsx";

interface ColumnsFieldProps {
  view: StepView;
  parameter: ParameterDefinition;
  value: string;
  disabled: boolean;
  onValueChange: (value: string) => void;
  id?: string;
  "aria-describedby"?: string;
}

/** Which columns: a sentence that opens the choice by name or by rules. */
export function ColumnsField({
  view,
  parameter,
  value,
  disabled,
  onValueChange,
  ...aria
}: ColumnsFieldProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        {...aria}
        disabled={disabled}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={cn(buttonClass({}, disabled), "w-full justify-start gap-2 font-normal")}
      >
        <Columns3 size={14} className="text-ink-3" />
        <span className="min-w-0 truncate">{describeSelection(value)}</span>
      </button>
      {open ? (
        <ColumnsDialog
          view={view}
          parameter={parameter}
          value={value}
          onClose={() => setOpen(false)}
          onKeep={(next) => {
            onValueChange(next);
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}
