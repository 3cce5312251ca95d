"use client";

import { Ellipsis, Settings } from "lucide-react";
import { Avatar, type Person } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Menu, type MenuEntry } from "#components/ui/menu.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { Slots } from "#components/ui/progress.tsx";

export interface RailFootProps {
  person: Person;
  /** The person's menu: theme, tokens, sign out. */
  menu: readonly MenuEntry[];
  /** A gear beside the person. */
  settingsHref?: string | undefined;
  /** Slots in use; left out while there is no compute. */
  slots?: { used: number; total: number; href: string } | undefined;
}

export function RailFoot({ person, menu, settingsHref, slots }: RailFootProps) {
  return (
    <div className="flex flex-col gap-1">
      {slots === undefined || slots.total === 0 ? null : (
        <Link href={slots.href} className="rounded-control px-2 py-1.5 hover:bg-hover rail-folded:hidden">
          <span className="mb-1.5 flex items-baseline text-secondary text-ink-2">
            Compute
            <span className="ml-auto tabular-nums">
              {slots.used} of {slots.total} {slots.total === 1 ? "slot" : "slots"}
            </span>
          </span>
          <Slots
            used={slots.used}
            total={slots.total}
            label={`${slots.used} of ${slots.total} slots in use`}
          />
        </Link>
      )}
      <div className="flex items-center">
        <Menu
          side="top"
          trigger={
            <button
              type="button"
              aria-label={`${person.name}, your menu`}
              className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-left text-body hover:bg-hover data-popup-open:bg-active rail-folded:w-8 rail-folded:justify-center rail-folded:px-0 max-sm:h-11"
            >
              <Avatar person={person} labelled={false} />
              <span className="min-w-0 flex-1 truncate rail-folded:hidden">{person.name}</span>
              {settingsHref === undefined ? (
                <Ellipsis size={16} className="text-ink-3 rail-folded:hidden" />
              ) : null}
            </button>
          }
          items={menu}
        />
        {settingsHref === undefined ? null : (
          <Link
            href={settingsHref}
            aria-label="Settings"
            className={cn(buttonClass({ variant: "quiet" }), "w-7 px-0 rail-folded:hidden")}
          >
            <Settings size={16} />
          </Link>
        )}
      </div>
    </div>
  );
}
