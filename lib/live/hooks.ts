"use client";

import { useEffect, useRef } from "react";
import type { LiveEvent } from "./model.ts";

type Listener = (event: LiveEvent | "reset") => void;

interface Stream {
  source: EventSource;
  listeners: Set<Listener>;
}

const streams = new Map<string, Stream>();

function openStream(workspace: string): Stream {
  const source = new EventSource(`/api/v1/workspaces/${encodeURIComponent(workspace)}/events`);
  const listeners = new Set<Listener>();
  source.addEventListener("change", (message) => {
    const event = JSON.parse(message.data) as LiveEvent;
    for (const listener of listeners) listener(event);
  });
  source.addEventListener("reset", () => {
    for (const listener of listeners) listener("reset");
  });
  return { source, listeners };
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
      stream.source.close();
      streams.delete(workspace);
    };
  }, [workspace]);
}
