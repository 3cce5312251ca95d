"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { orpc } from "#lib/api/client.ts";

export interface AddRunProps {
  workspace: string;
  chosen: readonly string[];
  onAdd: (name: string) => void;
}

/** Finds a run by part of its name. */
export function AddRun({ workspace, chosen, onAdd }: AddRunProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const found = useQuery(
    orpc.runs.list.queryOptions({
      input: { workspace, limit: 30, children: "true", ...(wanted ? { search: wanted } : {}) },
      enabled: open,
      placeholderData: keepPreviousData,
    }),
  );
  const items = (found.data?.items ?? []).filter((run) => !chosen.includes(run.name));
  return (
    <Popover
      title="Add a run"
      open={open}
      onOpenChange={setOpen}
      width={340}
      trigger={<IconButton label="Add a run" icon={<Plus size={16} />} />}
    >
      <SearchInput label="Find a run" placeholder="Find a run" value={search} onValueChange={setSearch} />
      <ul aria-label="Runs" className="-mx-2 mt-2 max-h-80 overflow-y-auto">
        {items.map((run) => (
          <li key={run.name}>
            <button
              type="button"
              onClick={() => {
                onAdd(run.name);
                setOpen(false);
              }}
              className="flex min-h-8 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover max-sm:min-h-11"
            >
              <StatusIcon kind={describeRunStatus(run.status).kind} size={14} label />
              <span className="min-w-0 flex-1 truncate text-name">{run.displayName}</span>
              <RelativeTime at={run.createdAt} className="flex-none text-secondary text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
      {found.data && items.length === 0 ? (
        <p className="px-1 pt-2 text-secondary text-ink-3">
          {search ? `No other run has “${search}” in its name.` : "There is no other run."}
        </p>
      ) : null}
    </Popover>
  );
}
