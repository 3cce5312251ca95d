"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./kbd.tsx";
import { Link } from "./navigation.tsx";

export interface MenuAct {
  label: string;
  icon?: ReactNode;
  keys?: string | undefined;
  /** A second line. */
  help?: string | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Either a place to go … */
  href?: string | undefined;
  /** … or something to do. */
  onSelect?: (() => void) | undefined;
  /** A tick before it, for one of several or on and off. */
  checked?: boolean | undefined;
}

export type MenuEntry = MenuAct | { separator: true } | { heading: string };

export interface MenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  items: readonly MenuEntry[];
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  /** Above the entries. */
  header?: ReactNode;
}

const row =
  "flex min-h-7 cursor-default select-none items-center gap-2.5 rounded-control px-2 py-1 text-body text-ink outline-none data-disabled:text-ink-off data-highlighted:bg-hover max-sm:min-h-11";

export function Menu({ trigger, items, align = "start", side = "bottom", header }: MenuProps) {
  const ticks = items.some((item) => "label" in item && item.checked !== undefined);
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal role="region" aria-label="Menu">
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="enter-menu max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto rounded-card bg-raised p-1 text-ink shadow-2 outline-none">
            {header === undefined ? null : (
              <div className="px-2 py-1 text-secondary text-ink-3">{header}</div>
            )}
            {items.map((item, index) => (
              <Entry key={index} item={item} ticks={ticks} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ item, ticks }: { item: MenuEntry; ticks: boolean }) {
  if ("separator" in item) return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
  if ("heading" in item)
    return <div className="px-2 pt-1.5 pb-0.5 text-caption text-ink-3">{item.heading}</div>;
  const className = cn(row, item.danger && !item.disabled && "text-failed");
  const body = (
    <>
      {ticks ? (
        <span className="flex w-3.5 text-accent">{item.checked ? <Check size={14} /> : null}</span>
      ) : null}
      {item.icon === undefined ? null : (
        <span className={cn("flex", item.danger ? "" : "text-ink-3")}>{item.icon}</span>
      )}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {item.help === undefined ? null : (
          <span className="block text-secondary text-ink-3">{item.help}</span>
        )}
      </span>
      {item.keys === undefined ? null : <Kbd keys={item.keys} className="max-sm:hidden" />}
    </>
  );
  if (item.href !== undefined && !item.disabled) {
    return (
      <Base.LinkItem render={<Link href={item.href} />} closeOnClick className={className}>
        {body}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item disabled={item.disabled ?? false} onClick={item.onSelect} className={className}>
      {body}
    </Base.Item>
  );
}
