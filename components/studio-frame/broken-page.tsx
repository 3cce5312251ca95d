"use client";

import { NarrowColumn, Page } from "#components/shell/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { useCurrentWorkspace } from "./workspace-context.ts";

/** In place of a page that threw; the rest of the studio stays usable. */
export function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { name } = useCurrentWorkspace();
  return (
    <Page crumbs={[{ label: "Something broke" }]}>
      <NarrowColumn>
        <h1 className="mb-4 text-page">This page cannot be shown</h1>
        <ErrorState
          error={error}
          onRetry={onRetry}
          actions={
            <ButtonLink size="sm" href={`/${name}`}>
              Home
            </ButtonLink>
          }
        />
      </NarrowColumn>
    </Page>
  );
}
