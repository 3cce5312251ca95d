"use client";

import { type ReactNode, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { cn } from "#components/ui/cn.ts";
import { formatBytes, plural } from "#components/ui/format.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { LogBuffer } from "./log-buffer.ts";
import { LogLines, type LogLinesHandle } from "./log-lines.tsx";
import { LogSearch, nextIndex } from "./log-search.ts";
import { LogToolbar } from "./log-toolbar.tsx";

export interface LogViewerProps {
  /** The accessible name: "Log of train.py". */
  label: string;
  buffer: LogBuffer;
  /** More lines will come. */
  live?: boolean | undefined;
  /** At the left of the bar: a name, a switch between files. */
  title?: ReactNode;
  /** At the right of the bar. */
  actions?: ReactNode;
  downloadHref?: string | undefined;
  /** The line that the page's address names, from 1. */
  line?: number | null | undefined;
  /** A click on a number; the page puts it into its address. */
  onLineChange?: ((line: number) => void) | undefined;
  /** The address of a line. `#L12` unless given. */
  linkTo?: ((line: number) => string) | undefined;
  /** In place of the lines while there are none. */
  empty?: ReactNode;
  /** F, N, Shift N, W and / act on this log. Only one on a page. */
  keys?: boolean | undefined;
  className?: string | undefined;
}

/** Numbered lines of a log of any length, with find, follow, wrap and jumps to errors. */
export function LogViewer(props: LogViewerProps) {
  const { label, buffer, live = false, line, keys = true, className } = props;
  const linkTo = props.linkTo ?? ((number: number) => `#L${number}`);
  const state = useSyncExternalStore(buffer.subscribe, buffer.getState, buffer.getState);
  const [following, setFollowing] = useState(live && !line);
  const [wrap, setWrap] = useState(false);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const lines = useRef<LogLinesHandle>(null);
  const find = useRef<HTMLInputElement>(null);
  const search = useMemo(() => new LogSearch(buffer, query), [buffer, query]);
  const hits = search.hits();

  function jump(indexes: readonly number[], step: 1 | -1) {
    const from = at ?? (step === 1 ? -1 : buffer.length);
    const next = nextIndex(indexes, from, step);
    if (next === undefined) return;
    setFollowing(false);
    setAt(next);
    lines.current?.show(next);
  }

  const problems = buffer.errors.length > 0 ? buffer.errors : buffer.warnings;
  const group = "Log";
  const on = (shortcut: { keys: string; label: string; run: () => void }) =>
    keys ? { ...shortcut, group } : null;
  useShortcut(on({ keys: "f", label: "Follow", run: () => setFollowing(!following) }));
  useShortcut(on({ keys: "w", label: "Wrap lines", run: () => setWrap(!wrap) }));
  useShortcut(on({ keys: "n", label: "Next error", run: () => jump(problems, 1) }));
  useShortcut(on({ keys: "shift+n", label: "Previous error", run: () => jump(problems, -1) }));
  useShortcut(on({ keys: "/", label: "Find in the log", run: () => find.current?.focus() }));

  return (
    <section
      aria-label={label}
      className={cn(
        "flex min-h-0 flex-col overflow-hidden rounded-card border border-line bg-subtle",
        className,
      )}
    >
      <LogToolbar
        title={props.title}
        actions={props.actions}
        find={find}
        query={query}
        onQueryChange={(next) => {
          setQuery(next);
          setAt(null);
        }}
        hits={hits.length}
        hitAt={at === null ? -1 : hits.indexOf(at)}
        onFind={(step) => jump(hits, step)}
        errors={buffer.errors.length}
        warnings={buffer.warnings.length}
        onJump={(kind, step) => jump(kind === "errors" ? buffer.errors : buffer.warnings, step)}
        wrap={wrap}
        onWrapChange={setWrap}
        live={live}
        following={following}
        onFollowingChange={setFollowing}
        lineLink={() => linkTo((line ?? (lines.current?.firstShown() ?? 0) + 1) || 1)}
        downloadHref={props.downloadHref}
        keys={keys}
      />
      {state.lines === 0 ? (
        <div className="flex-1 overflow-auto px-4 py-3 text-secondary text-ink-3">
          {props.empty ?? (live ? "Nothing was printed yet." : "Nothing was printed.")}
        </div>
      ) : (
        <LogLines
          ref={lines}
          label={label}
          buffer={buffer}
          count={state.lines}
          query={search.query}
          current={at}
          line={line ?? null}
          linkTo={linkTo}
          onLine={props.onLineChange}
          wrap={wrap}
          live={live}
          following={following}
          onFollowingChange={setFollowing}
        />
      )}
      <div className="flex h-8 flex-none items-center gap-4 border-line border-t bg-panel px-3 text-secondary text-ink-3 tabular-nums">
        <span>{plural(state.lines, "line")}</span>
        <span>{formatBytes(state.bytes)}</span>
        {live && state.changedAt !== null ? (
          <span className="ml-auto">
            Last line <RelativeTime at={state.changedAt} />
          </span>
        ) : null}
      </div>
    </section>
  );
}
