"use client";

import { useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

export interface CommandFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  /** `inputs.data`, `outputs.model`: what can be put into it. */
  names: readonly string[];
}

/** The command, with a button for each input and output that puts its place into it. */
export function CommandField({ value, onChange, error, names }: CommandFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  function insert(name: string) {
    const mark = `\${{${name}}}`;
    const at = area.current?.selectionStart ?? value.length;
    const gap = at > 0 && !/\s$/.test(value.slice(0, at)) ? " " : "";
    onChange(value.slice(0, at) + gap + mark + value.slice(area.current?.selectionEnd ?? at));
    area.current?.focus();
  }
  return (
    <div className="flex flex-col gap-2">
      <Field label="Command" error={error}>
        <Textarea
          ref={area}
          mono
          rows={Math.min(12, Math.max(3, value.split("\n").length))}
          value={value}
          placeholder="python train.py"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      {names.length > 0 ? (
        <div className="flex flex-wrap items-center gap-1.5 text-secondary text-ink-3">
          Insert
          {names.map((name) => (
            <Button key={name} size="sm" className="text-code" onClick={() => insert(name)}>
              {name}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
