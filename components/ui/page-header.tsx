import type { ReactNode } from "react";
import { cn } from "./cn.ts";

export interface PageHeaderProps {
  title: ReactNode;
  /** A count beside the title. */
  count?: ReactNode;
  /** A status pill. */
  status?: ReactNode;
  /** An id chip, tags, a version menu. */
  marks?: ReactNode;
  /** Buttons, at the right; at most one primary. Under 640 px use a `VerbBar` too and these are hidden. */
  verbs?: ReactNode;
  /** True keeps the verbs where they are on narrow screens. */
  keepVerbs?: boolean | undefined;
  /** One line of facts. */
  facts?: ReactNode;
  /** A phase timeline, a description. */
  children?: ReactNode;
  /** The `Tabs` row at the lower edge. */
  tabs?: ReactNode;
  className?: string | undefined;
}

export function PageHeader(props: PageHeaderProps) {
  const { title, count, status, marks, verbs, keepVerbs, facts, children, tabs, className } = props;
  return (
    <header className={cn("flex flex-none flex-col px-4 pt-4 sm:px-6", !tabs && "pb-4", className)}>
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-page break-words">{title}</h1>
        {count === undefined ? null : <span className="text-body text-ink-3 tabular-nums">{count}</span>}
        {status}
        {marks}
        {verbs === undefined ? null : (
          <div className={cn("ml-auto flex flex-wrap items-center gap-2", !keepVerbs && "max-sm:hidden")}>
            {verbs}
          </div>
        )}
      </div>
      {facts === undefined ? null : (
        <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-secondary text-ink-2">
          {facts}
        </div>
      )}
      {children === undefined ? null : <div className="mt-3">{children}</div>}
      {tabs === undefined ? null : (
        <div className="-mx-4 mt-3 sm:-mx-6 [&>nav]:px-4 sm:[&>nav]:px-6">{tabs}</div>
      )}
    </header>
  );
}
