"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "./cn.ts";

export interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean, event: Event) => void;
  /** Some, not all. */
  indeterminate?: boolean | undefined;
  disabled?: boolean | undefined;
  /** The text beside it; without it give `aria-label`. */
  children?: ReactNode;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  id?: string | undefined;
  name?: string | undefined;
  tabIndex?: number | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
  className?: string | undefined;
}

export function Checkbox({
  checked,
  onCheckedChange,
  indeterminate,
  children,
  className,
  ...rest
}: CheckboxProps) {
  const box = (
    <Base.Root
      checked={checked}
      indeterminate={indeterminate ?? false}
      onCheckedChange={(next, details) => onCheckedChange(next, details.event)}
      className={cn(
        "touch-target flex size-3.5 flex-none items-center justify-center rounded-check border border-control bg-panel text-on-accent transition-colors duration-80",
        "data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent",
        "data-disabled:border-line-2 data-disabled:bg-active",
        children === undefined && className,
      )}
      {...rest}
    >
      <Base.Indicator className="flex" keepMounted={false}>
        {indeterminate ? (
          <Minus size={12} className="stroke-[3]" />
        ) : (
          <Check size={12} className="stroke-[3]" />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (children === undefined) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
    <label className={cn("inline-flex items-center gap-2 text-body", className)}>
      {box}
      <span>{children}</span>
    </label>
  );
}
