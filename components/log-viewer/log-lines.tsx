"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { LogBuffer } from "./log-buffer.ts";
import { LogRow } from "./log-row.tsx";

export interface LogLinesHandle {
  /** Brings a line, from 0, to the middle. */
  show: (index: number) => void;
  /** The first line in view, from 0. */
  firstShown: () => number;
}

export interface LogLinesProps {
  ref: Ref<LogLinesHandle>;
  label: string;
  buffer: LogBuffer;
  count: number;
  query: string;
  /** The line of the last jump, from 0. */
  current: number | null;
  /** The line that the address names, from 1. */
  line: number | null;
  linkTo: (line: number) => string;
  onLine: ((line: number) => void) | undefined;
  wrap: boolean;
  live: boolean;
  following: boolean;
  onFollowingChange: (following: boolean) => void;
}

const lineHeight = 18;

export function LogLines(props: LogLinesProps) {
  const { ref, label, buffer, count, query, current, line, linkTo, onLine, wrap, live, following } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    paddingStart: 6,
    paddingEnd: 6,
  });

  useImperativeHandle(ref, () => ({
    show: (index) => virtualizer.scrollToIndex(index, { align: "center" }),
    firstShown: () => virtualizer.range?.startIndex ?? 0,
  }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights after wrapping
  useEffect(() => virtualizer.measure(), [wrap, virtualizer]);
  useEffect(() => {
    if (following && count > 0) virtualizer.scrollToIndex(count - 1, { align: "end" });
  }, [following, count, virtualizer]);

  // The line of the address is shown once it has arrived.
  const shown = useRef<number | null>(null);
  useEffect(() => {
    if (line === null || line > count || shown.current === line) return;
    shown.current = line;
    virtualizer.scrollToIndex(line - 1, { align: "center" });
  }, [line, count, virtualizer]);

  function onScroll() {
    const box = scroller.current;
    if (!box || !live) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < lineHeight * 2;
    if (atEnd && !following) props.onFollowingChange(true);
  }
  const leave = () => {
    if (following) props.onFollowingChange(false);
  };

  const digits = String(count).length;
  return (
    <ScrollRegion
      ref={scroller}
      aria-label={`${label}, lines`}
      onScroll={onScroll}
      onWheel={(event) => {
        if (event.deltaY < 0) leave();
      }}
      onTouchMove={leave}
      onKeyDown={(event) => {
        if (["ArrowUp", "PageUp", "Home"].includes(event.key)) leave();
      }}
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain focus-visible:-outline-offset-2"
    >
      <div
        className={cn("relative", wrap ? "w-full" : "w-max min-w-full")}
        style={{ height: virtualizer.getTotalSize() }}
      >
        <div style={{ paddingTop: virtualizer.getVirtualItems()[0]?.start ?? 0 }}>
          {virtualizer.getVirtualItems().map((item) => {
            const parsed = buffer.line(item.index);
            if (!parsed) return null;
            return (
              <LogRow
                key={item.key}
                ref={wrap ? virtualizer.measureElement : undefined}
                index={item.index}
                line={parsed}
                timed={buffer.timed}
                digits={digits}
                query={query}
                current={item.index === current || item.index + 1 === line}
                newest={live && item.index === count - 1}
                wrap={wrap}
                href={linkTo(item.index + 1)}
                onLine={onLine}
              />
            );
          })}
        </div>
      </div>
    </ScrollRegion>
  );
}
