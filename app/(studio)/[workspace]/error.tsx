"use client";

import { BrokenPage } from "#components/studio-frame/broken-page.tsx";

export default function ErrorInWorkspace({ error, reset }: { error: Error; reset: () => void }) {
  return <BrokenPage error={error} onRetry={reset} />;
}
