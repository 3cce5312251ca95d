"use client";

import type { ReactNode } from "react";
import { Page } from "#components/shell/page.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { cn } from "#components/ui/cn.ts";
import { Link, usePathname } from "#components/ui/navigation.tsx";

const groups = [
  {
    label: "Workspace",
    items: [
      { label: "General", path: "general" },
      { label: "Members", path: "members" },
    ],
  },
  {
    label: "You",
    items: [
      { label: "Profile", path: "profile" },
      { label: "Access tokens", path: "tokens" },
      { label: "Appearance", path: "appearance" },
    ],
  },
];

export interface SettingsFrameProps {
  title: string;
  description: ReactNode;
  /** Tables may use the whole width; forms stop at 560 px. */
  wide?: boolean;
  children: ReactNode;
}

/** A settings page: what can be set at the left, the page at the right; one above the other when narrow. */
export function SettingsFrame({ title, description, wide = false, children }: SettingsFrameProps) {
  const { name } = useCurrentWorkspace();
  const pathname = usePathname();
  const base = `/${name}/settings`;
  return (
    <Page crumbs={[{ label: "Settings", href: `${base}/general` }, { label: title }]} body="fixed">
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <nav
          aria-label="Settings"
          className="flex flex-none border-line max-sm:gap-1 max-sm:overflow-x-auto max-sm:border-b max-sm:px-3 max-sm:py-1 sm:w-46 sm:flex-col sm:overflow-y-auto sm:border-r sm:p-3"
        >
          {groups.map((group) => (
            <div key={group.label} className="flex max-sm:gap-1 sm:mb-2 sm:flex-col">
              <h2 className="flex h-7 items-center px-2 text-caption text-ink-3 max-sm:sr-only">
                {group.label}
              </h2>
              {group.items.map(({ label, path }) => {
                const current = pathname === `${base}/${path}`;
                return (
                  <Link
                    key={path}
                    href={`${base}/${path}`}
                    aria-current={current ? "page" : undefined}
                    className={cn(
                      "flex h-7 flex-none items-center whitespace-nowrap rounded-control px-2 text-body max-sm:h-11 max-sm:px-3",
                      current ? "bg-active font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
                    )}
                  >
                    {label}
                  </Link>
                );
              })}
            </div>
          ))}
        </nav>
        <div className="min-h-0 min-w-0 flex-1 overflow-y-auto px-4 py-6 sm:px-8">
          <h1 className="text-page">{title}</h1>
          <p className="mt-1 mb-5 max-w-[70ch] text-body text-ink-2">{description}</p>
          <div className={cn("flex flex-col gap-8", !wide && "max-w-[560px]")}>{children}</div>
        </div>
      </div>
    </Page>
  );
}

/** A part of a settings page with its own head. */
export function SettingsSection({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-3 border-line border-t pt-5 first:border-t-0 first:pt-0">
      <div>
        <h2 className="text-section">{title}</h2>
        {description === undefined ? null : <p className="mt-0.5 text-secondary text-ink-2">{description}</p>}
      </div>
      {children}
    </section>
  );
}
