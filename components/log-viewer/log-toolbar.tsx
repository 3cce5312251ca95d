"use client";

import { ArrowDown, ArrowUp, Download, Link2, Search, WrapText } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { useCopy } from "#components/ui/copy-button.tsx";
import { formatCount, plural } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { LiveDot } from "#components/ui/tabs.tsx";

export interface LogToolbarProps {
  title: ReactNode;
  actions: ReactNode;
  find: RefObject<HTMLInputElement | null>;
  query: string;
  onQueryChange: (query: string) => void;
  hits: number;
  /** Which hit is in view, from 0; −1 for none. */
  hitAt: number;
  onFind: (step: 1 | -1) => void;
  errors: number;
  warnings: number;
  onJump: (kind: "errors" | "warnings", step: 1 | -1) => void;
  wrap: boolean;
  onWrapChange: (wrap: boolean) => void;
  live: boolean;
  following: boolean;
  onFollowingChange: (following: boolean) => void;
  /** The address of the chosen line, or of the first in view. */
  lineLink: () => string;
  downloadHref: string | undefined;
  keys: boolean;
}

export function LogToolbar(props: LogToolbarProps) {
  const { find, query, hits, hitAt, wrap, live, following, downloadHref } = props;
  const [findOpen, setFindOpen] = useState(false);
  const { copied, copy } = useCopy();
  return (
    <div className="flex min-h-9 flex-none flex-wrap items-center gap-x-2 gap-y-1 border-line border-b bg-panel px-3 py-1">
      <div className="mr-auto flex min-w-0 items-center gap-3">{props.title}</div>
      <Jumps kind="errors" count={props.errors} onJump={props.onJump} />
      <Jumps kind="warnings" count={props.warnings} onJump={props.onJump} />
      <SearchInput
        ref={find}
        label="Find in the log"
        placeholder="Find in log"
        value={query}
        onValueChange={props.onQueryChange}
        onKeyDown={(event) => {
          if (event.key === "Enter") props.onFind(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape" && query === "") find.current?.blur();
        }}
        {...(props.keys ? { trailing: <Kbd keys="/" /> } : {})}
        className={cn("w-44 max-sm:order-last max-sm:w-full", !findOpen && "max-sm:hidden")}
      />
      {query === "" ? null : (
        <span role="status" className="text-secondary text-ink-3 tabular-nums">
          {hits === 0 ? "none" : `${hitAt >= 0 ? `${formatCount(hitAt + 1)} of ` : ""}${formatCount(hits)}`}
        </span>
      )}
      <IconButton
        label="Find in the log"
        icon={<Search size={16} />}
        aria-expanded={findOpen}
        onClick={() => setFindOpen(!findOpen)}
        className="sm:hidden"
      />
      <Button
        variant="quiet"
        size="sm"
        icon={<WrapText size={14} />}
        aria-pressed={wrap}
        onClick={() => props.onWrapChange(!wrap)}
        className={cn("max-sm:hidden", wrap && "bg-active text-ink")}
      >
        Wrap
      </Button>
      {live ? (
        <Button
          size="sm"
          icon={following ? <LiveDot /> : <ArrowDown size={14} />}
          aria-pressed={following}
          onClick={() => props.onFollowingChange(!following)}
          className={cn(following && "bg-active")}
        >
          {following ? "Following" : "Follow"}
        </Button>
      ) : null}
      <IconButton
        label={copied ? "Copied" : "Copy a link to the line"}
        icon={<Link2 size={16} />}
        onClick={() => void copy(new URL(props.lineLink(), window.location.href).href)}
        className="max-sm:hidden"
      />
      {downloadHref === undefined ? null : (
        <a
          href={downloadHref}
          download
          aria-label="Download the log"
          title="Download the log"
          className={cn(buttonClass({ variant: "quiet" }), "w-7 px-0")}
        >
          <Download size={16} />
        </a>
      )}
      {props.actions}
    </div>
  );
}

function Jumps({
  kind,
  count,
  onJump,
}: {
  kind: "errors" | "warnings";
  count: number;
  onJump: LogToolbarProps["onJump"];
}) {
  if (count === 0) return null;
  const one = kind === "errors" ? "error" : "warning";
  return (
    <span
      className={cn(
        "inline-flex h-6 items-center rounded-control border border-line-2 bg-panel text-label shadow-1",
        kind === "errors" ? "text-failed" : "text-warning",
      )}
    >
      <button
        type="button"
        aria-label={`Previous ${one}`}
        onClick={() => onJump(kind, -1)}
        className="touch-target px-1"
      >
        <ArrowUp size={12} />
      </button>
      <button
        type="button"
        aria-label={`Next ${one}`}
        onClick={() => onJump(kind, 1)}
        className="touch-target px-1"
      >
        <ArrowDown size={12} />
      </button>
      <span className="pr-2 pl-0.5">{plural(count, one)}</span>
    </span>
  );
}
