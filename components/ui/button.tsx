"use client";

import type { ComponentPropsWithRef, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Link } from "./navigation.tsx";

export type ButtonVariant = "primary" | "default" | "quiet" | "danger" | "danger-fill" | "on-dark";
export type ButtonSize = "sm" | "md" | "lg" | "xl" | "touch";

interface Look {
  /** `danger` is red text; `danger-fill` only inside a confirming dialog; `on-dark` stands on the selection bar. */
  variant?: ButtonVariant | undefined;
  /** 24, 28 (default), 32, 40 and 44 px high. */
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  /** Shown after the label: a shortcut, a count, a chevron. */
  trailing?: ReactNode;
}

export interface ButtonProps extends Look, ComponentPropsWithRef<"button"> {
  /** A ring takes the icon's place and the button does not act; give the label in the present ("Starting"). */
  busy?: boolean | undefined;
}

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-h active:bg-accent-h shadow-1",
  default:
    "border border-line-2 bg-panel text-ink shadow-1 hover:bg-hover active:bg-active data-popup-open:bg-active",
  quiet: "text-ink-2 hover:bg-hover hover:text-ink active:bg-active data-popup-open:bg-active",
  danger: "border border-line-2 bg-panel text-failed shadow-1 hover:bg-failed-tint active:bg-failed-tint",
  "danger-fill": "bg-failed text-on-failed shadow-1 hover:brightness-95",
  "on-dark": "text-panel hover:bg-panel hover:text-ink data-popup-open:bg-panel data-popup-open:text-ink",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-6 px-2 text-label gap-1.5",
  md: "h-7 px-2.5 text-name gap-2",
  lg: "h-8 px-3 text-name gap-2 max-sm:h-11",
  xl: "h-10 max-sm:h-11 px-4 text-name gap-2 text-[14px]",
  touch: "h-11 px-4 text-name gap-2 text-[14px]",
};

const off = "border border-line bg-subtle text-ink-off shadow-none hover:bg-subtle hover:text-ink-off";

/** The classes of a button, for things that must look like one. */
export function buttonClass({ variant = "default", size = "md" }: Look, disabled = false): string {
  return cn(
    "touch-target inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium transition-colors duration-80",
    sizes[size],
    disabled ? (variant === "quiet" || variant === "on-dark" ? "text-ink-off" : off) : variants[variant],
  );
}

export function Button({
  variant,
  size,
  icon,
  trailing,
  busy = false,
  disabled,
  className,
  children,
  type = "button",
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cn(buttonClass({ variant, size }, disabled), busy && "pointer-events-none", className)}
      {...rest}
    >
      {busy ? <BusyRing /> : icon}
      {children}
      {trailing}
    </button>
  );
}

export interface ButtonLinkProps extends Look, Omit<ComponentPropsWithRef<"a">, "href"> {
  href: string;
}

/** A link in the shape of a button: what changes the page stays a link. */
export function ButtonLink({ variant, size, icon, trailing, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={cn(buttonClass({ variant, size }), className)} {...rest}>
      {icon}
      {children}
      {trailing}
    </Link>
  );
}

export function BusyRing({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 16 16" className={cn("size-3.5 flex-none", className)} fill="none" aria-hidden="true">
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity=".3" strokeWidth="1.75" />
      <g className="spin-arc">
        <circle cx="8" cy="8" r="6" stroke="none" />
        <path d="M8 2a6 6 0 0 1 6 6" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
      </g>
    </svg>
  );
}
