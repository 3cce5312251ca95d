"use client";

import { Columns3, GripVertical } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";

export interface ColumnChoice {
  key: string;
  label: string;
  /** The heading it stands under while it is hidden: "Metrics". */
  group?: string | undefined;
}

export interface ColumnChooserProps {
  columns: readonly ColumnChoice[];
  visible: readonly string[];
  onVisibleChange: (visible: string[]) => void;
  /** What Reset goes back to. */
  standard: readonly string[];
  size?: "md" | "lg" | undefined;
}

/** A key moved by some places, kept inside the list. */
export function moveKey(keys: readonly string[], key: string, by: number): string[] {
  const from = keys.indexOf(key);
  const to = Math.max(0, Math.min(keys.length - 1, from + by));
  if (from < 0) return [...keys];
  const next = keys.filter((each) => each !== key);
  next.splice(to, 0, key);
  return next;
}

export function ColumnChooser({
  columns,
  visible,
  onVisibleChange,
  standard,
  size = "lg",
}: ColumnChooserProps) {
  const [find, setFind] = useState("");
  const [dragged, setDragged] = useState<string | null>(null);
  const labels = new Map(columns.map((column) => [column.key, column.label]));
  const fits = (column: ColumnChoice) => column.label.toLowerCase().includes(find.trim().toLowerCase());
  const shown = visible.filter((key) => labels.has(key));
  const hidden = Map.groupBy(
    columns.filter((column) => !visible.includes(column.key) && fits(column)),
    (column) => column.group ?? "Columns",
  );
  return (
    <Popover
      title="Columns"
      titleHidden
      align="end"
      trigger={
        <Button
          size={size}
          icon={<Columns3 size={16} />}
          trailing={<span className="font-normal text-ink-3">{shown.length}</span>}
        >
          Columns
        </Button>
      }
    >
      <SearchInput
        label="Find a column"
        placeholder={`Find one of ${columns.length} columns`}
        value={find}
        onValueChange={setFind}
      />
      <div className="mt-2 flex h-7 items-center text-caption text-ink-3">
        Shown, in order
        <button
          type="button"
          onClick={() => onVisibleChange([...standard])}
          className="ml-auto rounded-tag text-label text-ink hover:underline"
        >
          Reset
        </button>
      </div>
      <ul>
        {shown.map((key) => (
          <li
            key={key}
            onDragOver={(event) => {
              event.preventDefault();
              if (dragged !== null && dragged !== key)
                onVisibleChange(moveKey(shown, dragged, shown.indexOf(key) - shown.indexOf(dragged)));
            }}
            className={cn("flex h-7 items-center gap-2 rounded-control", dragged === key && "bg-hover")}
          >
            <button
              type="button"
              draggable
              aria-label={`Move ${labels.get(key)}, with the arrow keys`}
              onDragStart={() => setDragged(key)}
              onDragEnd={() => setDragged(null)}
              onKeyDown={(event) => {
                const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
                if (by === 0) return;
                event.preventDefault();
                onVisibleChange(moveKey(shown, key, by));
              }}
              className="flex cursor-grab rounded-tag text-ink-3"
            >
              <GripVertical size={14} />
            </button>
            <Checkbox
              checked
              disabled={shown.length === 1}
              onCheckedChange={() => onVisibleChange(shown.filter((each) => each !== key))}
            >
              {labels.get(key)}
            </Checkbox>
          </li>
        ))}
      </ul>
      {[...hidden].map(([group, entries]) => (
        <section key={group} aria-label={group}>
          <div className="mt-2 flex h-7 items-center text-caption text-ink-3">
            {group}
            <span className="ml-auto">{entries.length}</span>
          </div>
          <ul>
            {entries.map((column) => (
              <li key={column.key} className="flex h-7 items-center">
                <Checkbox checked={false} onCheckedChange={() => onVisibleChange([...shown, column.key])}>
                  {column.label}
                </Checkbox>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Popover>
  );
}
