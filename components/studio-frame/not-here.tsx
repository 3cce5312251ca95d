"use client";

import { Compass } from "lucide-react";
import { NarrowColumn, Page } from "#components/shell/page.tsx";
import { useShell } from "#components/shell/shell-context.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { useCurrentWorkspace } from "./workspace-context.ts";

/** An address inside a workspace at which there is nothing. */
export function NotHere() {
  const { name, displayName } = useCurrentWorkspace();
  const { openSearch } = useShell();
  return (
    <Page crumbs={[{ label: "Not found" }]}>
      <NarrowColumn>
        <h1 className="mb-4 text-page">Nothing at this address</h1>
        <EmptyState
          icon={<Compass />}
          title={`${displayName} has nothing here`}
          action={
            <div className="flex gap-2">
              <ButtonLink href={`/${name}`}>Home</ButtonLink>
              <Button variant="primary" onClick={openSearch}>
                Search
              </Button>
            </div>
          }
        >
          It may have been deleted or renamed. Search finds things by their name.
        </EmptyState>
      </NarrowColumn>
    </Page>
  );
}
