"use client";

import { isHere } from "#components/studio-frame/people-here.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useMe } from "#lib/account/hooks.ts";
import { useMembers } from "#lib/members/hooks.ts";
import { HomeSection } from "./home-section.tsx";

const shown = 5;

/** Members, those who were here last first. */
export function HomePeople() {
  const { name } = useCurrentWorkspace();
  const now = useNow(60_000);
  const me = useMe().data;
  const members = useMembers(name).data?.items ?? [];
  const recent = [...members].sort((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0)).slice(0, shown);
  const here = members.filter((member) => isHere(member, now)).length;
  return (
    <HomeSection
      title="People"
      aside={
        <Link href={`/${name}/settings/members`} className="hover:underline">
          {now === 0 ? "All" : `${here} of ${members.length} here now`}
        </Link>
      }
    >
      <ul>
        {recent.map((member) => (
          <li key={member.userId} className="flex h-9 items-center gap-3 border-line border-b text-body">
            <Avatar person={{ id: member.userId, name: member.name }} labelled={false} />
            <span className="min-w-0 flex-1 truncate font-medium">
              {member.userId === me?.id ? "You" : member.name}
            </span>
            <span className="flex-none text-secondary text-ink-3">
              {now !== 0 && isHere(member, now) ? (
                "Here now"
              ) : member.lastSeenAt === null ? (
                "Not yet"
              ) : (
                <RelativeTime at={member.lastSeenAt} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </HomeSection>
  );
}
