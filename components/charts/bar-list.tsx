import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { formatCount, formatPercent } from "#components/ui/format.ts";

export interface BarListItem {
  key: string;
  label: ReactNode;
  value: number;
  /** What is written; the value by default. */
  text?: ReactNode;
}

export interface BarListProps {
  items: readonly BarListItem[];
  /** The accessible name of the list. */
  label: string;
  /** What a full bar is; the largest value by default. */
  max?: number | undefined;
  mono?: boolean | undefined;
  tone?: "bar" | "accent" | "running" | "warning" | undefined;
  className?: string | undefined;
}

const tones = { bar: "bg-bar", accent: "bg-accent", running: "bg-running", warning: "bg-warning" };

/** Names, bars from 0, numbers. */
export function BarList({ items, label, max, mono, tone = "bar", className }: BarListProps) {
  const full = max ?? items.reduce((most, item) => Math.max(most, item.value), 0);
  return (
    <ul aria-label={label} className={cn("grid grid-cols-[minmax(64px,auto)_1fr_auto] gap-x-3", className)}>
      {items.map((item) => (
        <li key={item.key} className="col-span-full grid h-6 grid-cols-subgrid items-center">
          <span className={cn("max-w-48 truncate", mono ? "text-code" : "text-secondary")}>{item.label}</span>
          <span aria-hidden="true" className="flex h-1.5 items-center">
            <span
              className={cn("h-full min-w-px rounded-[1px]", tones[tone])}
              style={{ width: `${full > 0 ? Math.max(0, (item.value / full) * 100) : 0}%` }}
            />
          </span>
          <span className="whitespace-nowrap text-right text-secondary text-ink-2 tabular-nums">
            {item.text ?? formatCount(item.value)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export interface ValueCountsProps {
  /** The most frequent first. */
  values: readonly { value: string; count: number }[];
  /** Of the whole column, missing ones too. */
  total: number;
  label: string;
  /** How many other values there are. */
  others?: number | undefined;
  className?: string | undefined;
}

/** The frequent values of a column, with their share. */
export function ValueCounts({ values, total, label, others, className }: ValueCountsProps) {
  return (
    <div className={className}>
      <BarList
        label={label}
        items={values.map(({ value, count }) => ({
          key: value,
          label: value === "" ? <i className="text-ink-3">empty</i> : value,
          value: count,
          text: (
            <>
              {formatCount(count)}
              <span className="ml-2 inline-block w-11 text-ink-3">
                {formatPercent(total === 0 ? 0 : count / total)}
              </span>
            </>
          ),
        }))}
      />
      {others ? <p className="mt-1 text-secondary text-ink-3">{formatCount(others)} more values</p> : null}
    </div>
  );
}

/** The frequent values as touching bars, the size of a small histogram. */
export function ValueBars({
  values,
  label,
  height = 24,
}: {
  values: readonly { value: string; count: number }[];
  label: string;
  height?: number;
}) {
  const top = Math.max(1, ...values.map((one) => one.count));
  return (
    <div
      role="img"
      aria-label={`${label}: ${values.length} values`}
      className="flex w-full items-end gap-px"
      style={{ height }}
    >
      {values.map((one) => (
        <span
          key={one.value}
          title={`${one.value}: ${formatCount(one.count)}`}
          className="min-w-px flex-1 bg-bar"
          style={{ height: `${Math.max(2, (one.count / top) * 100)}%` }}
        />
      ))}
    </div>
  );
}
