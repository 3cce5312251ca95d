import type { Ref } from "react";
import { cn } from "#components/ui/cn.ts";
import { formatClock } from "#components/ui/format.ts";
import { splitLinks } from "./log-links.ts";
import type { ParsedLine } from "./parse-line.ts";

export interface LogRowProps {
  ref: Ref<HTMLDivElement> | undefined;
  /** From 0. */
  index: number;
  line: ParsedLine;
  timed: boolean;
  /** Of the longest line number. */
  digits: number;
  /** In lower case. */
  query: string;
  current: boolean;
  newest: boolean;
  wrap: boolean;
  href: string;
  onLine: ((line: number) => void) | undefined;
}

export function LogRow(props: LogRowProps) {
  const { ref, index, line, timed, digits, query, current, newest, wrap, href, onLine } = props;
  return (
    <div
      ref={ref}
      data-index={index}
      className={cn(
        "flex min-h-[18px] gap-3 px-3 text-code",
        newest && "bg-running-tint",
        line.level === "warning" && "bg-warning-tint text-warning",
        line.level === "error" && "bg-failed-tint font-medium text-failed",
        current && "bg-accent-tint shadow-[inset_2px_0_0_var(--accent)]",
      )}
    >
      <a
        href={href}
        tabIndex={-1}
        aria-label={`Line ${index + 1}`}
        onClick={(event) => {
          if (!onLine || event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          onLine(index + 1);
        }}
        style={{ width: `${Math.max(3, digits)}ch` }}
        className="flex-none select-none text-right text-ink-3 hover:text-ink hover:underline"
      >
        {index + 1}
      </a>
      {timed ? (
        <span className="w-[8ch] flex-none select-none text-ink-3" suppressHydrationWarning>
          {line.atMs === null ? "" : formatClock(line.atMs)}
        </span>
      ) : null}
      <span className={cn("pr-3", wrap ? "min-w-0 flex-1 whitespace-pre-wrap break-all" : "whitespace-pre")}>
        <Found text={line.text} query={query} current={current} />
      </span>
    </div>
  );
}

function Linked({ text }: { text: string }) {
  if (!text.includes("://")) return text;
  return splitLinks(text).map(({ text: part, href }, index) =>
    href === undefined ? (
      part
    ) : (
      <a key={index} href={href} target="_blank" rel="noreferrer" className="underline hover:text-accent">
        {part}
      </a>
    ),
  );
}

function Found({ text, query, current }: { text: string; query: string; current: boolean }) {
  if (query === "") return <Linked text={text} />;
  const parts: React.ReactNode[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let hit = lower.indexOf(query); hit >= 0; hit = lower.indexOf(query, from)) {
    parts.push(
      text.slice(from, hit),
      <mark
        key={hit}
        className={cn("rounded-[2px]", current ? "bg-accent text-on-accent" : "bg-accent/20 text-ink")}
      >
        {text.slice(hit, hit + query.length)}
      </mark>,
    );
    from = hit + query.length;
  }
  parts.push(text.slice(from));
  return parts;
}
