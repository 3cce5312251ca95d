"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { orpc } from "#lib/api/client.ts";
import type { Issue } from "./issues.ts";

const pauseMs = 400;

export interface JobCheck {
  errors: readonly Issue[];
  warnings: readonly Issue[];
  /** The answer belongs to a text that has changed since. */
  stale: boolean;
  error: unknown;
}

const none: readonly Issue[] = [];

/** Checks the job as the studio would at its start, a moment after the last key. */
export function useJobCheck(workspace: string, spec: string, code: string | undefined): JobCheck {
  const [settled, setSettled] = useState(spec);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(spec), pauseMs);
    return () => clearTimeout(timer);
  }, [spec]);
  const check = useQuery(
    orpc.runs.validate.queryOptions({
      input: { workspace, spec: settled, fileName: "job.yml", ...(code ? { code } : {}) },
      enabled: settled.trim() !== "",
      placeholderData: keepPreviousData,
      staleTime: 10_000,
      retry: false,
    }),
  );
  return {
    errors: check.data?.errors ?? none,
    warnings: check.data?.warnings ?? none,
    stale: settled !== spec || check.isPlaceholderData || check.isPending,
    error: check.error,
  };
}
