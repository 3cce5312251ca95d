"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import type { ColumnProfile } from "#lib/designer/model.ts";

interface ColumnNamesProps {
  columns: readonly ColumnProfile[];
  note: string | null;
  chosen: readonly string[];
  onChange: (names: string[]) => void;
}

/** Columns by name: those that the step gets with a tick, and chosen ones that it does not get (yet). */
export function ColumnNames({ columns, note, chosen, onChange }: ColumnNamesProps) {
  const [search, setSearch] = useState("");
  const known = new Map(columns.map((column) => [column.name, column]));
  const all = [...columns.map(({ name }) => name), ...chosen.filter((name) => !known.has(name))];
  const words = search.trim().toLowerCase();
  const shown = all.filter((name) => name.toLowerCase().includes(words));
  const isChosen = new Set(chosen);
  // In the order of the table; a name that it does not have comes last.
  const keep = (names: ReadonlySet<string>) => onChange(all.filter((name) => names.has(name)));
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    keep(next);
  };
  const typed = search.trim();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <SearchInput
          label="Find a column"
          placeholder="Find a column"
          value={search}
          onValueChange={setSearch}
        />
        <Button size="sm" variant="quiet" onClick={() => keep(new Set([...chosen, ...shown]))}>
          All
        </Button>
        <Button
          size="sm"
          variant="quiet"
          onClick={() => keep(new Set(chosen.filter((name) => !shown.includes(name))))}
        >
          None
        </Button>
      </div>
      <div className="max-h-72 min-h-24 overflow-y-auto rounded-control border border-line px-2 py-1">
        {shown.map((name) => {
          const column = known.get(name);
          return (
            <div key={name} className="flex h-7 items-center gap-2">
              <Checkbox checked={isChosen.has(name)} onCheckedChange={(on) => toggle(name, on === true)}>
                <span className="text-body">{name}</span>
              </Checkbox>
              <span className="ml-auto text-secondary text-ink-3">
                {column ? column.type : columns.length > 0 ? "not in the table" : ""}
              </span>
            </div>
          );
        })}
        {shown.length === 0 && typed === "" ? <p className="py-2 text-secondary text-ink-3">{note}</p> : null}
        {typed !== "" && !all.includes(typed) ? (
          <Button
            size="sm"
            variant="quiet"
            icon={<Plus size={12} />}
            onClick={() => {
              onChange([...chosen, typed]);
              setSearch("");
            }}
          >
            Add “{typed}”
          </Button>
        ) : null}
      </div>
    </div>
  );
}
