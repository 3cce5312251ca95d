"use client";

import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { Link } from "./navigation.tsx";

export interface TabItem {
  key: string;
  label: string;
  href: string;
  count?: number | string | undefined;
  /** Something streams there. */
  live?: boolean | undefined;
}

export interface TabsProps {
  /** The accessible name of the row. */
  label: string;
  items: readonly TabItem[];
  /** The key of the current one. */
  current: string;
  /** At the right end. */
  aside?: ReactNode;
  className?: string | undefined;
}

/** A row of links, so that each tab has an address. It scrolls sideways when it does not fit. */
export function Tabs({ label, items, current, aside, className }: TabsProps) {
  return (
    <nav
      aria-label={label}
      className={cn(
        "flex h-9 flex-none items-stretch gap-5 overflow-x-auto border-line border-b [scrollbar-width:none]",
        className,
      )}
    >
      {items.map((item) => {
        const active = item.key === current;
        return (
          <Link
            key={item.key}
            href={item.href}
            scroll={false}
            aria-current={active ? "page" : undefined}
            className={cn(
              "relative flex flex-none items-center gap-1.5 whitespace-nowrap rounded-tag text-name focus-visible:-outline-offset-2",
              active
                ? "text-ink after:absolute after:inset-x-0 after:bottom-0 after:h-0.5 after:bg-accent"
                : "text-ink-2 hover:text-ink",
            )}
          >
            {item.label}
            {item.count === undefined ? null : (
              <span className="text-secondary text-ink-3 tabular-nums">
                {typeof item.count === "number" ? item.count.toLocaleString("en-US") : item.count}
              </span>
            )}
            {item.live ? <LiveDot label="live" /> : null}
          </Link>
        );
      })}
      {aside === undefined ? null : <div className="ml-auto flex items-center gap-2 pl-4">{aside}</div>}
    </nav>
  );
}

/** Says that something arrives while you look. */
export function LiveDot({ label, className }: { label?: string; className?: string }) {
  return (
    <span
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      className={cn(
        "inline-block size-2 flex-none rounded-full bg-running ring-3 ring-running/20",
        className,
      )}
    />
  );
}
