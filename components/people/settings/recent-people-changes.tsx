"use client";

import { ActivityList } from "#components/home/activity-list.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";

/** Who came, went and changed role. */
export function RecentPeopleChanges() {
  const { name } = useCurrentWorkspace();
  return (
    <section aria-labelledby="changes" className="min-w-0">
      <h2 id="changes" className="mb-2 text-section">
        Recent changes
      </h2>
      <ActivityList workspace={name} kind="member" limit={6} />
    </section>
  );
}
