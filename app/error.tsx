"use client";

import { ErrorState } from "#components/ui/error-state.tsx";

/** For pages outside a workspace, and for the frame itself. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-[480px] flex-col justify-center gap-4 px-6">
      <h1 className="text-page">This page cannot be shown</h1>
      <ErrorState error={error} onRetry={reset} />
    </main>
  );
}
