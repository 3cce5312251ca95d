"use client";

import { PanelLeft, Search } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Link, usePathname } from "#components/ui/navigation.tsx";
import { useKeyLabel } from "./key-label.ts";
import { Mark } from "./mark.tsx";
import { findCurrentItem, type NavGroup, type NavItem } from "./nav.ts";
import { toggleRail } from "./rail-state.ts";

export interface RailProps {
  groups: readonly NavGroup[];
  homeHref: string;
  onSearch: () => void;
  /** The workspace switcher. */
  workspace?: ReactNode;
  /** Slots in use and the person. */
  bottom?: ReactNode;
  /** In the drawer it is never an icon rail, and has no fold button. */
  drawer?: boolean | undefined;
}

/** 208 px, or 48 when it is folded (`rail-folded:` classes). */
export function Rail({ groups, homeHref, onSearch, workspace, bottom, drawer }: RailProps) {
  const current = findCurrentItem(groups, usePathname());
  const searchKeys = useKeyLabel("mod+k");
  return (
    <div className={cn("flex h-full min-h-0 flex-col bg-bg", drawer ? "w-full" : "w-52 rail-folded:w-12")}>
      <div className="flex h-11 flex-none items-center gap-2 pr-2 pl-3.5 rail-folded:px-0 rail-folded:justify-center">
        <Link href={homeHref} className="flex items-center gap-2 rounded-control">
          <Mark />
          <span className="text-wordmark text-ink rail-folded:sr-only">Atelier</span>
        </Link>
        {drawer ? null : (
          <IconButton
            label="Fold the navigation"
            icon={<PanelLeft size={16} />}
            onClick={toggleRail}
            className="ml-auto rail-folded:hidden"
          />
        )}
      </div>
      <div className="flex flex-none flex-col gap-2 px-2 pb-2 rail-folded:items-center">
        {workspace}
        <button
          type="button"
          onClick={onSearch}
          aria-label="Search or jump to"
          className="flex h-7 w-full items-center gap-2 rounded-control bg-active px-2 text-secondary text-ink-3 hover:text-ink rail-folded:w-8 rail-folded:justify-center rail-folded:bg-transparent max-sm:h-11"
        >
          <Search size={14} />
          <span className="min-w-0 flex-1 truncate text-left rail-folded:hidden">Search or jump to</span>
          <span className="rail-folded:hidden max-sm:hidden">
            <Kbd keys={searchKeys} />
          </span>
        </button>
      </div>
      <nav aria-label="Studio" className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map((group, index) => (
          <section key={group.label ?? index} aria-label={group.label} className="flex flex-col">
            {group.label === undefined ? null : (
              <h2 className="mt-1 flex h-7 items-center px-2 text-caption text-ink-3 rail-folded:sr-only">
                {group.label}
              </h2>
            )}
            {group.items.map((item) => (
              <RailLink key={item.href} item={item} current={item === current} />
            ))}
          </section>
        ))}
      </nav>
      {drawer ? null : (
        <IconButton
          label="Unfold the navigation"
          icon={<PanelLeft size={16} />}
          onClick={toggleRail}
          className="mx-auto mb-2 hidden rail-folded:flex"
        />
      )}
      {bottom === undefined ? null : <div className="flex-none border-line border-t p-2">{bottom}</div>}
    </div>
  );
}

function RailLink({ item, current }: { item: NavItem; current: boolean }) {
  return (
    <Link
      href={item.href}
      title={item.label}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex h-7 flex-none items-center gap-2.5 rounded-control px-2 text-body transition-colors duration-80 max-sm:h-11 rail-folded:w-8 rail-folded:justify-center rail-folded:px-0 mb-px",
        current
          ? "bg-active font-medium text-ink [&_svg]:text-accent"
          : "text-ink-2 hover:bg-hover hover:text-ink",
      )}
    >
      <span className="flex [&_svg]:size-4">{item.icon}</span>
      <span className="min-w-0 flex-1 truncate rail-folded:sr-only">{item.label}</span>
      {item.badge === undefined ? null : (
        <span className="text-secondary text-running tabular-nums rail-folded:hidden">{item.badge}</span>
      )}
    </Link>
  );
}
