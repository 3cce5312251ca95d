"use client";

import { useEffect, useState } from "react";
import { Input } from "#components/ui/input.tsx";

export interface NameInputProps {
  label: string;
  value: string;
  taken: readonly string[];
  onChange: (name: string) => void;
}

const pattern = /^[A-Za-z_]\w*$/;

/** The name of an input or output. It is taken over when the field is left, so that half a name renames nothing. */
export function NameInput({ label, value, taken, onChange }: NameInputProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const problem =
    draft === value
      ? null
      : taken.includes(draft)
        ? "There is one of this name"
        : pattern.test(draft)
          ? null
          : "Letters, digits and _, not first a digit";
  function commit() {
    if (problem === null && draft !== value) onChange(draft);
    else setDraft(value);
  }
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <Input
        size="lg"
        mono
        aria-label={label}
        aria-invalid={problem !== null}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setDraft(value);
        }}
      />
      {problem ? (
        <span role="alert" className="text-secondary text-failed">
          {problem}
        </span>
      ) : null}
    </span>
  );
}
