import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface Fact {
  label: string;
  /** Left out when undefined; null shows a dash. */
  value: ReactNode;
}

export interface FactsProps {
  items: readonly Fact[];
  /** `details` puts values in a second column; `values` puts mono names left and numbers right. */
  variant?: "details" | "values" | undefined;
  className?: string | undefined;
}

/** Names and values of the facts column. */
export function Facts({ items, variant = "details", className }: FactsProps) {
  const values = variant === "values";
  return (
    <dl className={cn("flex flex-col", values ? "gap-1" : "gap-2", className)}>
      {items
        .filter((item) => item.value !== undefined)
        .map((item) => (
          <div
            key={item.label}
            className={cn(
              "grid min-h-5 items-baseline gap-3",
              values ? "grid-cols-[1fr_auto]" : "grid-cols-[96px_1fr]",
            )}
          >
            <dt
              className={cn(
                "min-w-0 break-words",
                values ? "text-code text-ink-2" : "text-secondary text-ink-3",
              )}
            >
              {item.label}
            </dt>
            <dd
              className={cn(
                "min-w-0 break-words text-ink",
                values ? "text-right text-code font-medium tabular-nums" : "text-body",
              )}
            >
              {item.value ?? <span className="text-ink-3">–</span>}
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** A titled part of the facts column; hairlines divide them. */
export function FactsSection({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-line not-first:mt-4 not-first:border-t not-first:pt-4">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 className="text-section">{title}</h2>
        {aside === undefined ? null : <span className="ml-auto text-secondary text-ink-3">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
