"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";

interface EditableTitleProps {
  /** What it is the name of. */
  label: string;
  value: string;
  disabled: boolean;
  onKeep: (value: string) => void;
  /** The name of the page is its first heading. */
  heading?: "h1" | "h2" | undefined;
  className?: string | undefined;
}

/** A name that becomes a field when it is clicked. Enter keeps, Escape gives up. */
export function EditableTitle({
  label,
  value,
  disabled,
  onKeep,
  heading: Heading = "h2",
  className,
}: EditableTitleProps) {
  const [editing, setEditing] = useState(false);
  if (editing)
    return (
      <input
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the name that was just clicked
        autoFocus
        aria-label={label}
        defaultValue={value}
        onFocus={(event) => event.target.select()}
        onBlur={(event) => {
          setEditing(false);
          const next = event.target.value.trim();
          if (event.target.dataset.left !== "1" && next !== value) onKeep(next);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.dataset.left = "1";
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
        className={cn("field-edge h-7 min-w-0 flex-1 px-1.5 text-section", className)}
      />
    );
  if (disabled) return <Heading className={cn("min-w-0 truncate text-section", className)}>{value}</Heading>;
  return (
    <Heading className={cn("min-w-0", className)}>
      <button
        type="button"
        title="Rename"
        onClick={() => setEditing(true)}
        className="group flex max-w-full items-center gap-1.5 rounded-tag text-left text-section"
      >
        <span className="truncate">{value}</span>
        <Pencil
          size={12}
          aria-hidden="true"
          className="text-ink-3 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      </button>
    </Heading>
  );
}
