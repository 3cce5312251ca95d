"use client";

import { ChevronLeft, CircleHelp, Menu as MenuIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Breadcrumb, type Crumb } from "#components/ui/breadcrumb.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { useShell } from "./shell-context.ts";

export interface TopBarProps {
  /** From the section to the thing in view. */
  crumbs: readonly Crumb[];
  /** Page-wide verbs: Share. */
  verbs?: ReactNode;
  /** A menu with the page's other verbs, shown only under 640 px. */
  more?: ReactNode;
}

/** 44 high. Under 640 px: back (or the drawer), the thing and its parent. */
export function TopBar({ crumbs, verbs, more }: TopBarProps) {
  const { openNav, openKeys, topBarEnd } = useShell();
  const last = crumbs.at(-1);
  const parent = crumbs.at(-2);
  return (
    <header className="flex h-11 flex-none items-center gap-2 border-line border-b bg-panel px-2 max-sm:h-13 sm:pr-4 sm:pl-6">
      {parent?.href === undefined ? (
        <IconButton
          label="Open the navigation"
          icon={<MenuIcon size={18} />}
          size="touch"
          tooltip={false}
          onClick={openNav}
          className="sm:hidden"
        />
      ) : (
        <Link
          href={parent.href}
          aria-label={`Back to ${parent.label}`}
          className={cn(buttonClass({ variant: "quiet", size: "touch" }), "w-11 px-0 sm:hidden")}
        >
          <ChevronLeft size={20} />
        </Link>
      )}
      <div className="min-w-0 flex-1 sm:hidden">
        {parent === undefined ? null : (
          <div className="truncate text-secondary text-ink-3">{parent.label}</div>
        )}
        <div className="truncate text-section">{last?.label}</div>
      </div>
      <Breadcrumb items={crumbs} className="flex-1 max-sm:hidden" />
      <div className="flex flex-none items-center gap-2">
        <div className="flex items-center gap-2 max-sm:hidden">{verbs}</div>
        {topBarEnd}
        <IconButton
          label="Keys and help"
          keys="?"
          icon={<CircleHelp size={16} />}
          onClick={openKeys}
          className="max-sm:hidden"
        />
        {more === undefined ? null : <div className="sm:hidden">{more}</div>}
      </div>
    </header>
  );
}
