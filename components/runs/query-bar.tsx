"use client";

import { useEffect, useId, useMemo, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { describeError } from "#components/ui/describe-error.ts";
import { formatCount } from "#components/ui/format.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { QueryInput } from "./query-input.tsx";
import { errorSpan } from "./query-tokens.ts";

export interface QueryKey {
  kind: "metrics" | "params" | "tags";
  key: string;
}

export interface QueryBarProps {
  value: string;
  /** With Enter, or when the text is emptied. */
  onChange: (query: string) => void;
  error: unknown;
  keys: readonly QueryKey[];
  matchCount?: number | undefined;
}

const attributes = ["status", "name", "experiment", "type", "compute", "user", "created", "duration"];

function quoteKey(key: string): string {
  return /^[\w.]+$/.test(key) ? key : `\`${key}\``;
}

/** The words that could stand at the end of the text. */
export function completeQuery(query: string, keys: readonly QueryKey[]): string[] {
  const last = /[\w.`]*$/.exec(query)?.[0] ?? "";
  if (last === "") return [];
  const known = [...attributes, ...keys.map(({ kind, key }) => `${kind}.${quoteKey(key)}`)];
  const head = query.slice(0, query.length - last.length);
  return known
    .filter((word) => word !== last && word.toLowerCase().startsWith(last.toLowerCase()))
    .slice(0, 8)
    .map((word) => head + word);
}

/** One line in the search language: `metrics.auc > 0.8 and status = "Completed"`. */
export function QueryBar({ value, onChange, error, keys, matchCount }: QueryBarProps) {
  const [draft, setDraft] = useState(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const errorId = useId();
  useEffect(() => setDraft(value), [value]);
  const options = useMemo(() => (open ? completeQuery(draft, keys) : []), [open, draft, keys]);
  const problem = error && draft === value ? describeError(error) : null;

  function submit(text: string) {
    setOpen(false);
    setActive(-1);
    onChange(text.trim());
  }
  function take(option: string) {
    setDraft(`${option} `);
    setActive(-1);
  }

  return (
    <div className="relative min-w-64 flex-1">
      <QueryInput
        role="combobox"
        aria-label="Query"
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={problem !== null}
        aria-describedby={problem ? errorId : undefined}
        placeholder={'metrics.auc > 0.8 and status = "Completed"'}
        value={draft}
        fault={problem ? errorSpan(error) : null}
        trailing={matchCount === undefined ? undefined : `${formatCount(matchCount)} match`}
        onChange={(event) => {
          setDraft(event.target.value);
          setOpen(true);
          if (event.target.value === "") submit("");
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && options.length > 0) {
            event.preventDefault();
            setActive((active + 1) % options.length);
          } else if (event.key === "ArrowUp" && options.length > 0) {
            event.preventDefault();
            setActive((active - 1 + options.length) % options.length);
          } else if (event.key === "Tab" && options.length > 0 && open) {
            event.preventDefault();
            take(options[Math.max(0, active)] ?? draft);
          } else if (event.key === "Enter") {
            const option = options[active];
            if (option) take(option);
            else submit(draft);
          } else if (event.key === "Escape") {
            if (open && options.length > 0) setOpen(false);
            else submit("");
          }
        }}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Completions"
        className={cn(
          "absolute inset-x-0 top-9 z-30 rounded-card bg-raised p-1 shadow-2",
          options.length === 0 && "hidden",
        )}
      >
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys act in the combobox
          <div
            key={option}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
            className={cn("truncate rounded-control px-2 py-1 text-code", index === active && "bg-hover")}
          >
            {option}
          </div>
        ))}
      </div>
      {problem ? (
        <p id={errorId} role="alert" className="mt-1 flex items-start gap-1 text-secondary text-failed">
          <StatusIcon kind="failed" size={12} className="mt-0.5" />
          {problem.what} {problem.why}
        </p>
      ) : null}
    </div>
  );
}
