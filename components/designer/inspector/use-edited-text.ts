"use client";

import { useCallback, useEffect, useRef, useState } from "react";

const keepAfterMs = 250;

/**
 * The text of a field while it is edited. What is typed is kept a moment after the last key, and when the field is left;
 * changes from elsewhere are taken over while nobody types here. `keep` answers why a text cannot be kept, or null.
 */
export function useEditedText(given: string, keep: (text: string) => string | null) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef({ keep, typed, given });
  latest.current = { keep, typed, given };
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What was kept since the last key: it is not kept again over what somebody else made of it meanwhile.
  const kept = useRef<string | null>(null);
  const keepNow = useCallback(() => {
    clearTimeout(timer.current);
    const { typed: text, given: now } = latest.current;
    if (text === null || text === kept.current) return null;
    const found = text === now ? null : latest.current.keep(text);
    if (found === null) kept.current = text;
    setProblem(found);
    return found;
  }, []);
  // A field that goes away, since another step was chosen, keeps what was typed.
  useEffect(() => () => void keepNow(), [keepNow]);
  return {
    text: typed ?? given,
    problem,
    change(text: string) {
      setTyped(text);
      kept.current = null;
      clearTimeout(timer.current);
      timer.current = setTimeout(keepNow, keepAfterMs);
    },
    leave() {
      if (keepNow() === null) setTyped(null);
    },
  };
}
