"use client";

import type { ComponentPropsWithRef, ReactNode } from "react";
import { BusyRing, type ButtonSize, type ButtonVariant, buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { Tooltip } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "children"> {
  /** What it does: the accessible name, and the tooltip. */
  label: string;
  icon: ReactNode;
  /** Shown in the tooltip: "Ctrl K". */
  keys?: string | undefined;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  busy?: boolean | undefined;
  /** Off where the label is already on the page. */
  tooltip?: boolean | undefined;
}

const widths: Record<ButtonSize, string> = { sm: "w-6", md: "w-7", lg: "w-8", xl: "w-10", touch: "w-11" };

export function IconButton({
  label,
  icon,
  keys,
  variant = "quiet",
  size = "md",
  busy = false,
  tooltip = true,
  disabled,
  className,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      disabled={disabled || busy}
      className={cn(buttonClass({ variant, size }, disabled), widths[size], "px-0", className)}
      {...rest}
    >
      {busy ? <BusyRing /> : icon}
    </button>
  );
  return tooltip ? (
    <Tooltip label={label} keys={keys}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
