"use client";

import { Page } from "#components/shell/page.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { ActivityList } from "./activity-list.tsx";

export function HomePage() {
  const { name, displayName } = useCurrentWorkspace();
  return (
    <Page crumbs={[{ label: "Home" }]}>
      <h1 className="text-page">{displayName}</h1>
      <ActivityList workspace={name} limit={8} />
    </Page>
  );
}
