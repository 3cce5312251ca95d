"use client";

import { useEffect, useRef } from "react";
import type { LiveEvent } from "./model.ts";

type Listener = (event: LiveEvent | "reset") => void;

interface Stream {
  listeners: Set<Listener>;
  close(): void;
}

/** A browser tries again by itself when a connection breaks, but not when it was refused, as by a proxy whose studio restarts. */
const openAgainMs = 5_000;

const streams = new Map<string, Stream>();

function openStream(workspace: string): Stream {
  const listeners = new Set<Listener>();
  let timer: number | undefined;
  let source = open(false);

  function tell(event: LiveEvent | "reset") {
    for (const listener of listeners) listener(event);
  }

  function open(again: boolean): EventSource {
    const opened = new EventSource(`/api/v1/workspaces/${encodeURIComponent(workspace)}/events`);
    opened.addEventListener("change", (message) => tell(JSON.parse(message.data) as LiveEvent));
    opened.addEventListener("reset", () => tell("reset"));
    // A stream that begins anew has no last event to go on from.
    if (again) opened.addEventListener("ready", () => tell("reset"), { once: true });
    opened.addEventListener("error", () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(() => {
        source = open(true);
      }, openAgainMs);
    });
    return opened;
  }

  return {
    listeners,
    close() {
      window.clearTimeout(timer);
      source.close();
    },
  };
}

/**
 * Calls `listener` for each change of the workspace while the component is mounted; all listeners of a tab share one
 * stream. `"reset"` means that changes may have been missed: read anew.
 */
export function useLiveEvents(workspace: string, listener: Listener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const stream = streams.get(workspace) ?? openStream(workspace);
    streams.set(workspace, stream);
    const deliver: Listener = (event) => latest.current(event);
    stream.listeners.add(deliver);
    return () => {
      stream.listeners.delete(deliver);
      if (stream.listeners.size > 0) return;
      stream.close();
      streams.delete(workspace);
    };
  }, [workspace]);
}
