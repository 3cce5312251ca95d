"use client";

import { Ellipsis, Mail, UserMinus } from "lucide-react";
import { isHere } from "#components/studio-frame/people-here.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatDate } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useRevokeInvite, useSetMemberRole } from "#lib/members/hooks.ts";
import type { Invite, Member } from "#lib/members/model.ts";
import { roleOptions, roleWord } from "./role-words.ts";

export type MemberRow = { kind: "member"; member: Member } | { kind: "invite"; invite: Invite };

export function titleOf(row: MemberRow): string {
  return row.kind === "member" ? row.member.name : (row.invite.email ?? "Open link");
}

export function Who({ row, myId }: { row: MemberRow; myId: string | undefined }) {
  if (row.kind === "invite") {
    const { invite } = row;
    return (
      <span className="flex min-w-0 items-center gap-3">
        <span className="flex size-7 flex-none items-center justify-center rounded-full border border-line-2 text-ink-3">
          <Mail size={14} />
        </span>
        <span className="min-w-0">
          <span className="block truncate text-name">{titleOf(row)}</span>
          <span className="block truncate font-normal text-secondary text-ink-3">
            Invited by {invite.createdBy}, <RelativeTime at={invite.createdAt} />
          </span>
        </span>
      </span>
    );
  }
  const { userId, name, email } = row.member;
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar person={{ id: userId, name }} size={28} labelled={false} />
      <span className="min-w-0">
        <span className="block truncate text-name">
          {name} {userId === myId ? <span className="font-normal text-ink-3">you</span> : null}
        </span>
        <span className="block truncate font-normal text-secondary text-ink-3">{email}</span>
      </span>
    </span>
  );
}

export function Role({ row, mayChange }: { row: MemberRow; mayChange: boolean }) {
  const { name: workspace } = useCurrentWorkspace();
  const setRole = useSetMemberRole();
  const toast = useToast();
  if (row.kind === "invite") return roleWord[row.invite.role];
  const { member } = row;
  if (!mayChange) return roleWord[member.role];
  return (
    <Select
      variant="quiet"
      aria-label={`Role of ${member.name}`}
      className="-ml-2.5"
      options={roleOptions}
      value={setRole.isPending ? setRole.variables.role : member.role}
      onValueChange={(role) =>
        setRole.mutate(
          { workspace, userId: member.userId, role },
          {
            onSuccess: () =>
              toast({ title: `${member.name} is ${roleWord[role].toLowerCase()} now`, kind: "completed" }),
            onError: (error) => toast({ title: error.message, kind: "failed" }),
          },
        )
      }
    />
  );
}

export function Seen({ row }: { row: MemberRow }) {
  const now = useNow(60_000);
  if (row.kind === "invite") {
    return <StatusText kind="queued">Waiting, ends {formatDate(row.invite.expiresAt)}</StatusText>;
  }
  const { lastSeenAt } = row.member;
  if (lastSeenAt === null) return <span className="text-ink-3">Not yet</span>;
  if (now !== 0 && isHere(row.member, now)) {
    return (
      <span className="flex items-center gap-2">
        <span aria-hidden="true" className="size-1.5 rounded-full bg-completed" />
        Here now
      </span>
    );
  }
  return <RelativeTime at={lastSeenAt} />;
}

export function Verbs({ row, onRemove }: { row: MemberRow; onRemove: (member: Member) => void }) {
  const { name: workspace } = useCurrentWorkspace();
  const revoke = useRevokeInvite();
  const toast = useToast();
  /** The row may be gone before the answer: what is said must not hang on it. */
  async function takeBack(id: string) {
    try {
      await revoke.mutateAsync({ workspace, id });
      toast({ title: "The link works no more", kind: "completed" });
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : String(error), kind: "failed" });
    }
  }
  if (row.kind === "invite") {
    const { invite } = row;
    return (
      <Button size="sm" busy={revoke.isPending} onClick={() => void takeBack(invite.id)}>
        Take back
      </Button>
    );
  }
  return (
    <Menu
      align="end"
      trigger={<IconButton label={`More for ${row.member.name}`} icon={<Ellipsis size={16} />} />}
      items={[
        {
          label: "Remove from the workspace",
          icon: <UserMinus size={14} />,
          danger: true,
          onSelect: () => onRemove(row.member),
        },
      ]}
    />
  );
}
