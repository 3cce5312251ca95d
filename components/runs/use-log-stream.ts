"use client";

import { useEffect, useState } from "react";
import { appendMarked, LogBuffer, readIntoBuffer } from "#components/log-viewer/log-buffer.ts";
import { api } from "#lib/api/client.ts";

const retryMs = 1000;

/**
 * The bytes of a run's log, as they come. One request stays open while the run lives; when it breaks, reading goes on at
 * the byte where it stopped.
 */
export function useLogStream(
  workspace: string,
  run: string,
  ended: boolean,
): { buffer: LogBuffer; problem: string | null } {
  const [buffer] = useState(() => new LogBuffer());
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const path = `/api/v1/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(run)}/log`;
    async function read(): Promise<void> {
      while (!stop.signal.aborted) {
        try {
          const response = await fetch(`${path}?follow=1&offset=${buffer.bytes}`, { signal: stop.signal });
          if (response.status === 404) return;
          if (!response.ok || !response.body) throw new Error(`the studio answered ${response.status}`);
          const known = await api.runs.logInfo({ workspace, run });
          const append = (chunk: Uint8Array) => appendMarked(buffer, chunk, known.marks, known.sizeBytes);
          await readIntoBuffer(buffer, response.body, stop.signal, append);
          setProblem(null);
          // The server ends the answer when nothing will be added.
          if (ended) return;
        } catch {
          if (stop.signal.aborted) return;
          setProblem("The connection broke. Reading goes on by itself.");
        }
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    void read();
    return () => stop.abort();
  }, [workspace, run, buffer, ended]);
  return { buffer, problem };
}
