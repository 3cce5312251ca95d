import { Fragment } from "react";
import { cn } from "./cn.ts";
import { Link } from "./navigation.tsx";

export interface Crumb {
  label: string;
  href?: string | undefined;
}

/** The last part stays whole; the parts before it shorten. */
export function Breadcrumb({
  items,
  className,
}: {
  items: readonly Crumb[];
  className?: string | undefined;
}) {
  return (
    <nav aria-label="Breadcrumb" className={cn("min-w-0", className)}>
      <ol className="flex min-w-0 items-center gap-2 text-body">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <Fragment key={`${index}-${item.label}`}>
              <li
                className={cn("min-w-0", last ? "max-w-full flex-none truncate" : "min-w-8 shrink truncate")}
              >
                {last || item.href === undefined ? (
                  <span
                    aria-current={last ? "page" : undefined}
                    className={last ? "text-name text-ink" : "text-ink-3"}
                  >
                    {item.label}
                  </span>
                ) : (
                  <Link href={item.href} className="rounded-tag text-ink-2 hover:text-ink">
                    {item.label}
                  </Link>
                )}
              </li>
              {last ? null : (
                <li aria-hidden="true" className="text-ink-off">
                  /
                </li>
              )}
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
