"use client";

import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  children?: ReactNode;
  disabled?: boolean | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  id?: string | undefined;
  className?: string | undefined;
}

/** For what acts at once. What waits for a Save is a checkbox. */
export function Switch({ checked, onCheckedChange, children, className, ...rest }: SwitchProps) {
  const control = (
    <Base.Root
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next)}
      className="touch-target flex h-4 w-7 flex-none items-center rounded-full bg-control p-0.5 transition-colors duration-80 data-checked:bg-accent data-disabled:bg-line-2"
      {...rest}
    >
      <Base.Thumb className="size-3 rounded-full bg-panel transition-transform duration-80 data-checked:translate-x-3" />
    </Base.Root>
  );
  if (children === undefined) return control;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
    <label className={cn("inline-flex items-center gap-2 text-body", className)}>
      {control}
      <span>{children}</span>
    </label>
  );
}
