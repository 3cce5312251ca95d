"use client";

import { Tabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface PaneTabsProps<Key extends string> {
  label: string;
  value: Key;
  onValueChange: (value: Key) => void;
  tabs: readonly { key: Key; label: string; panel: () => ReactNode }[];
}

/** Tabs of a pane; only the panel in view is there. */
export function PaneTabs<Key extends string>({ label, value, onValueChange, tabs }: PaneTabsProps<Key>) {
  return (
    <Tabs.Root
      value={value}
      onValueChange={(next) => onValueChange(next as Key)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List aria-label={label} className="flex h-9 flex-none gap-4 border-line border-b px-4">
        {tabs.map((tab) => (
          <Tabs.Tab
            key={tab.key}
            value={tab.key}
            className="relative flex items-center rounded-tag text-name text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-active:text-ink data-active:after:absolute data-active:after:inset-x-0 data-active:after:bottom-0 data-active:after:h-0.5 data-active:after:bg-accent"
          >
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.key} value={tab.key} className="min-h-0 flex-1 overflow-y-auto p-4 outline-none">
          {tab.key === value ? tab.panel() : null}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
