"use client";

import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { useActivities } from "#lib/activity/hooks.ts";
import type { Activity } from "#lib/activity/model.ts";
import { detailOf, hrefOfThing, titleOf } from "./activity-words.ts";

export interface ActivityListProps {
  workspace: string;
  kind?: string;
  name?: string;
  /** Of one page; "Show more" brings the next. */
  limit: number;
}

/** Who did what, newest first, each thing a link. */
export function ActivityList({ workspace, limit, ...filter }: ActivityListProps) {
  const query = useActivities({ workspace, limit, ...filter });
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={3} label="Loading the activity" />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <EmptyState variant="plain" title="Nothing yet" className="px-0" />;
  }
  return (
    <div>
      <ul className="flex flex-col">
        {items.map((activity) => (
          <ActivityRow key={activity.id} workspace={workspace} activity={activity} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="quiet"
          className="mt-1 -ml-2.5"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
  );
}

function ActivityRow({ workspace, activity }: { workspace: string; activity: Activity }) {
  const { user, verb, kind, name, at } = activity;
  const href = hrefOfThing(workspace, kind, name);
  const title = titleOf(activity);
  const detail = detailOf(activity);
  return (
    <li className="flex min-h-9 items-center gap-3 border-line border-b py-1.5 text-body">
      <Avatar
        person={user ?? { id: "studio", name: "Atelier", kind: "service" }}
        size={18}
        labelled={false}
      />
      <p className="min-w-0 flex-1 break-words text-ink-2">
        {user?.name ?? "Atelier"} {verb}{" "}
        {href ? (
          <Link href={href} className="font-medium text-ink hover:underline">
            {title}
          </Link>
        ) : (
          <span className="font-medium text-ink">{title}</span>
        )}{" "}
        {detail}
      </p>
      <RelativeTime at={at} className="flex-none text-secondary text-ink-3" />
    </li>
  );
}
