"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface SegmentedProps<T extends string> {
  /** The accessible name. */
  label: string;
  options: readonly { value: T; label: ReactNode; disabled?: boolean }[];
  value: T;
  onValueChange: (value: T) => void;
  className?: string | undefined;
}

/** Two to four views of the same thing. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onValueChange,
  className,
}: SegmentedProps<T>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = next[0];
        if (chosen !== undefined) onValueChange(chosen as T);
      }}
      className={cn("inline-flex h-7 flex-none items-center rounded-control bg-active p-0.5", className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className="touch-target h-6 whitespace-nowrap rounded-[5px] px-2.5 text-label text-ink-2 transition-colors duration-80 hover:text-ink data-pressed:bg-panel data-pressed:text-ink data-pressed:shadow-1 data-disabled:text-ink-off"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
