"use client";

import { ChevronsUpDown } from "lucide-react";
import { Menu, type MenuEntry } from "#components/ui/menu.tsx";

export interface WorkspaceChoice {
  name: string;
  href: string;
  hint?: string | undefined;
}

export interface WorkspaceSwitcherProps {
  current: string;
  workspaces: readonly WorkspaceChoice[];
  /** Below the list: "New workspace". */
  actions?: readonly MenuEntry[] | undefined;
}

export function WorkspaceSwitcher({ current, workspaces, actions = [] }: WorkspaceSwitcherProps) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Workspace ${current}`}
          className="flex h-9 w-full items-center gap-2 rounded-control border border-line bg-panel px-2 text-name text-ink hover:bg-hover data-popup-open:bg-active rail-folded:w-8 rail-folded:border-0 rail-folded:bg-transparent rail-folded:px-0 rail-folded:justify-center max-sm:h-11"
        >
          <Letter name={current} />
          <span className="min-w-0 flex-1 truncate text-left rail-folded:hidden">{current}</span>
          <ChevronsUpDown size={14} className="text-ink-3 rail-folded:hidden" />
        </button>
      }
      items={[
        ...workspaces.map((workspace) => ({
          label: workspace.name,
          href: workspace.href,
          help: workspace.hint,
          checked: workspace.name === current,
        })),
        ...(actions.length > 0 ? [{ separator: true as const }, ...actions] : []),
      ]}
    />
  );
}

function Letter({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-5 flex-none items-center justify-center rounded-tag bg-ink font-semibold text-[11px] text-panel"
    >
      {name.charAt(0).toUpperCase()}
    </span>
  );
}
