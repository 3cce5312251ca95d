"use client";

import { AvatarStack } from "#components/ui/avatar.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useMembers } from "#lib/members/hooks.ts";
import type { Member } from "#lib/members/model.ts";

/** Sessions note once a minute that their person is here; who was here within five minutes counts as present. */
const presentMs = 5 * 60_000;

export function isHere(member: Pick<Member, "lastSeenAt">, now: number): boolean {
  return member.lastSeenAt !== null && now - member.lastSeenAt < presentMs;
}

/** Members who are here now, at the right of the top bar. */
export function PeopleHere({ workspace }: { workspace: string }) {
  const { data } = useMembers(workspace);
  const now = useNow(60_000);
  const here = (data?.items ?? []).filter((member) => isHere(member, now));
  if (now === 0 || here.length === 0) return null;
  const people = here.map(({ userId, name }) => ({ id: userId, name }));
  return (
    <Link
      href={`/${workspace}/settings/members`}
      aria-label={`${people.length} here now`}
      className="touch-target rounded-control max-sm:hidden"
    >
      <AvatarStack people={people} />
    </Link>
  );
}
