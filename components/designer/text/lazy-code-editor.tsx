"use client";

import { lazy, Suspense } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { CodeEditorProps } from "./code-editor.tsx";

const CodeEditor = lazy(async () => ({ default: (await import("./code-editor.tsx")).CodeEditor }));

/** The code editor; its library comes when one is first shown. */
export function LazyCodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Skeleton className="w-full" />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}
