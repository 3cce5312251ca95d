import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** One sentence on what the thing is for. */
  children?: ReactNode;
  /** One button. */
  action?: ReactNode;
  /** `box` stands inside a page, `plain` inside a table or pane. */
  variant?: "box" | "plain" | undefined;
  className?: string | undefined;
}

export function EmptyState({ icon, title, children, action, variant = "box", className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-4 p-4",
        variant === "box" && "rounded-card border border-line p-5",
        className,
      )}
    >
      {icon === undefined ? null : <span className="flex flex-none text-ink-3 [&_svg]:size-6">{icon}</span>}
      <div className="min-w-48 flex-1">
        <p className="text-name text-ink">{title}</p>
        {children === undefined ? null : (
          <div className="mt-0.5 max-w-[60ch] text-secondary text-ink-2">{children}</div>
        )}
      </div>
      {action}
    </div>
  );
}
