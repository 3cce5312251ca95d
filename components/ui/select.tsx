"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type FieldSize, fieldHeights } from "./input.tsx";

export interface SelectOption<T extends string> {
  value: T;
  label: string;
  /** A second, quieter text: "8 cores". */
  hint?: string | undefined;
  icon?: ReactNode;
  disabled?: boolean | undefined;
}

export interface SelectProps<T extends string> {
  options: readonly SelectOption<T>[];
  value: T | null;
  onValueChange: (value: T) => void;
  placeholder?: string | undefined;
  /** `button` looks like a default button: for filter rows and toolbars; `quiet` has no edge. */
  variant?: "field" | "button" | "quiet" | undefined;
  size?: FieldSize | undefined;
  id?: string | undefined;
  name?: string | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
}

const looks = {
  field: "field-edge w-full",
  button:
    "rounded-control border border-line-2 bg-panel font-medium shadow-1 hover:bg-hover data-popup-open:bg-active",
  quiet: "rounded-control font-medium hover:bg-hover data-popup-open:bg-active",
};

export function Select<T extends string>({
  options,
  value,
  onValueChange,
  placeholder = "Choose",
  variant = "field",
  size = "md",
  id,
  name,
  disabled,
  className,
  ...aria
}: SelectProps<T>) {
  return (
    <Base.Root<T>
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
      disabled={disabled}
      name={name}
      id={id}
    >
      <Base.Trigger
        {...aria}
        className={cn(
          "flex min-w-0 items-center gap-2 px-2.5 text-left text-body data-disabled:text-ink-off",
          fieldHeights[size],
          looks[variant],
          className,
        )}
      >
        <Base.Value
          className="min-w-0 flex-1 truncate data-placeholder:text-ink-3"
          placeholder={placeholder}
        />
        <Base.Icon className="flex text-ink-3">
          <ChevronDown size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal role="region" aria-label="Choices">
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} collisionPadding={8} className="z-50">
          <Base.Popup className="enter-menu max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-card bg-raised p-1 shadow-2 outline-none">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled}
                  className="flex min-h-7 cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-body text-ink outline-none data-disabled:text-ink-off data-highlighted:bg-hover max-sm:min-h-11"
                >
                  {option.icon}
                  <Base.ItemText className="truncate">{option.label}</Base.ItemText>
                  {option.hint ? (
                    <span className="truncate text-secondary text-ink-3">{option.hint}</span>
                  ) : null}
                  <Base.ItemIndicator className="ml-auto flex pl-3 text-accent">
                    <Check size={14} />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
