import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface TagProps {
  children: ReactNode;
  icon?: ReactNode;
  /** `accent` marks what is current or chosen ("champion", "baseline"); `warning` what needs a look. */
  tone?: "plain" | "accent" | "warning" | "outline" | undefined;
  /** Adds a button that takes it away; `label` names the thing. */
  onRemove?: (() => void) | undefined;
  label?: string | undefined;
  className?: string | undefined;
}

const tones = {
  plain: "bg-active text-ink-2",
  accent: "border border-accent-line bg-accent-tint text-accent",
  warning: "bg-warning-tint text-warning",
  outline: "border border-line-2 text-ink-2",
};

/** 20 high: a version, a label, a type. */
export function Tag({ children, icon, tone = "plain", onRemove, label, className }: TagProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-tag px-1.5 text-label",
        tones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
      {onRemove ? (
        <button
          type="button"
          aria-label={`Remove ${label ?? (typeof children === "string" ? children : "")}`.trim()}
          onClick={onRemove}
          className="touch-target -mr-0.5 rounded-check text-ink-3 hover:text-ink"
        >
          <X size={12} />
        </button>
      ) : null}
    </span>
  );
}
