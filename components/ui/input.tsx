"use client";

import { Eye, EyeOff, Search, X } from "lucide-react";
import { type ComponentPropsWithRef, type ReactNode, useState } from "react";
import { cn } from "./cn.ts";

export type FieldSize = "md" | "lg" | "xl";

export interface InputProps extends Omit<ComponentPropsWithRef<"input">, "size"> {
  /** 28, 32 (filter rows) and 40 (sign-in) px high. */
  size?: FieldSize | undefined;
  /** Before the text. */
  icon?: ReactNode;
  /** After the text: a unit, a key, a button. */
  trailing?: ReactNode;
  /** Mono text, for keys, ids and queries. */
  mono?: boolean | undefined;
}

export const fieldHeights: Record<FieldSize, string> = {
  md: "h-7 max-sm:h-11",
  lg: "h-8 max-sm:h-11",
  xl: "h-10 max-sm:h-11 text-[14px]",
};

export function Input({ size = "md", icon, trailing, mono, className, disabled, ...rest }: InputProps) {
  const invalid = rest["aria-invalid"] === true || rest["aria-invalid"] === "true";
  return (
    <span
      data-invalid={invalid || undefined}
      className={cn(
        "field-edge flex w-full min-w-0 items-center gap-2 px-2 text-body",
        fieldHeights[size],
        disabled && "border-line-2 border-dashed bg-subtle text-ink-off",
        className,
      )}
    >
      {icon ? <span className="flex text-ink-3">{icon}</span> : null}
      <input
        disabled={disabled}
        className={cn("h-full w-full min-w-0 bg-transparent outline-none", mono && "text-code")}
        {...rest}
      />
      {trailing ? (
        <span className="flex flex-none items-center text-caption text-ink-3">{trailing}</span>
      ) : null}
    </span>
  );
}

export interface SearchInputProps extends Omit<InputProps, "icon" | "type" | "value" | "onChange"> {
  value: string;
  onValueChange: (value: string) => void;
  /** The accessible name. */
  label: string;
}

export function SearchInput({ value, onValueChange, label, trailing, onKeyDown, ...rest }: SearchInputProps) {
  return (
    <Input
      type="text"
      role="searchbox"
      aria-label={label}
      icon={<Search size={14} />}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && value !== "") {
          event.stopPropagation();
          onValueChange("");
        }
        onKeyDown?.(event);
      }}
      trailing={
        value === "" ? (
          trailing
        ) : (
          <button
            type="button"
            aria-label="Clear"
            onClick={() => onValueChange("")}
            className="touch-target rounded-check text-ink-3 hover:text-ink"
          >
            <X size={14} />
          </button>
        )
      }
      {...rest}
    />
  );
}

export function PasswordInput(props: Omit<InputProps, "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Input
      {...props}
      type={shown ? "text" : "password"}
      trailing={
        <button
          type="button"
          aria-label={shown ? "Hide the password" : "Show the password"}
          onClick={() => setShown(!shown)}
          className="touch-target rounded-check p-0.5 text-ink-3 hover:text-ink"
        >
          <Icon size={16} />
        </button>
      }
    />
  );
}
