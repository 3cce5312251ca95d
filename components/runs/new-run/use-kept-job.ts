"use client";

import { useEffect, useState } from "react";
import { findKeptJob, type KeptJob, keepJob } from "./kept-job.ts";

export interface EditedJob extends KeptJob {
  /** It was edited before, in this tab, and is back. */
  isKept: boolean;
  change: (change: Partial<KeptJob>) => void;
  /** Goes back to what the page begins with. */
  startOver: () => void;
  /** It was started: nothing is kept of it. */
  forget: () => void;
}

/** The job as it is edited. A reload, Back or the sign-in page on the way do not lose it. */
export function useKeptJob(key: string, start: KeptJob): EditedJob {
  const [job, setJob] = useState(start);
  const [isKept, setIsKept] = useState(false);
  useEffect(() => {
    // Read here, not in the first render, which must be what the server sent.
    const kept = findKeptJob(sessionStorage, key);
    if (!kept) return;
    setJob(kept);
    setIsKept(true);
  }, [key]);
  return {
    ...job,
    isKept,
    change(change) {
      setJob((now) => {
        const next = { ...now, ...change };
        const same = next.text === start.text && next.code?.digest === start.code?.digest;
        keepJob(sessionStorage, key, same ? null : next);
        return next;
      });
    },
    startOver() {
      keepJob(sessionStorage, key, null);
      setJob(start);
      setIsKept(false);
    },
    forget: () => keepJob(sessionStorage, key, null),
  };
}
