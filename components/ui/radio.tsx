"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface RadioGroupProps<T extends string> {
  /** The accessible name, unless `aria-labelledby` is given. */
  label?: string | undefined;
  "aria-labelledby"?: string | undefined;
  options: readonly { value: T; label: ReactNode; help?: ReactNode; disabled?: boolean }[];
  value: T;
  onValueChange: (value: T) => void;
  direction?: "row" | "column" | undefined;
  name?: string | undefined;
  className?: string | undefined;
}

export function RadioGroup<T extends string>({
  label,
  options,
  value,
  onValueChange,
  direction = "row",
  className,
  ...rest
}: RadioGroupProps<T>) {
  return (
    <Base
      aria-label={label}
      value={value}
      onValueChange={(next) => onValueChange(next as T)}
      className={cn("flex gap-x-4 gap-y-2", direction === "column" && "flex-col", className)}
      {...rest}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control
        <label key={option.value} className="inline-flex items-start gap-2 text-body">
          <span className="flex h-5 items-center">
            <Radio.Root
              value={option.value}
              disabled={option.disabled ?? false}
              className="touch-target flex size-3.5 items-center justify-center rounded-full border border-control bg-panel transition-colors duration-80 data-checked:border-[4px] data-checked:border-accent data-disabled:border-line-2"
            />
          </span>
          <span>
            {option.label}
            {option.help ? <span className="block text-secondary text-ink-3">{option.help}</span> : null}
          </span>
        </label>
      ))}
    </Base>
  );
}
