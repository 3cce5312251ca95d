"use client";

import { Ellipsis, Mail, UserMinus } from "lucide-react";
import { useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { isHere } from "#components/studio-frame/people-here.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatDate } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { useMe } from "#lib/account/hooks.ts";
import {
  useInvites,
  useMembers,
  useRemoveMember,
  useRevokeInvite,
  useSetMemberRole,
} from "#lib/members/hooks.ts";
import type { Invite, Member } from "#lib/members/model.ts";
import { roleOptions, roleWord } from "./role-words.ts";

type Row = { kind: "member"; member: Member } | { kind: "invite"; invite: Invite };

function matches(row: Row, find: string): boolean {
  const words = row.kind === "member" ? `${row.member.name} ${row.member.email}` : (row.invite.email ?? "");
  return words.toLowerCase().includes(find.trim().toLowerCase());
}

/** Members and open invitations; owners change roles in place. */
export function MembersTable({ find }: { find: string }) {
  const { name: workspace, displayName, can } = useCurrentWorkspace();
  const mayChange = can("owner");
  const members = useMembers(workspace);
  const invites = useInvites(workspace, mayChange);
  const me = useMe().data;
  const remove = useRemoveMember();
  const [removing, setRemoving] = useState<Member | null>(null);
  const rows: Row[] = [
    ...(members.data?.items ?? []).map((member) => ({ kind: "member" as const, member })),
    ...(invites.data?.items ?? []).map((invite) => ({ kind: "invite" as const, invite })),
  ];
  const columns: Column<Row>[] = [
    { key: "member", label: "Member", grow: 2, width: 220, render: (row) => <Who row={row} myId={me?.id} /> },
    { key: "role", label: "Role", width: 140, render: (row) => <Role row={row} mayChange={mayChange} /> },
    { key: "seen", label: "Last active", grow: 1, width: 160, render: (row) => <Seen row={row} /> },
    ...(mayChange
      ? [
          {
            key: "verbs",
            label: "More",
            labelHidden: true,
            width: 110,
            align: "right" as const,
            render: (row: Row) => <Verbs row={row} onRemove={setRemoving} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable
        label="Members"
        columns={columns}
        rows={rows.filter((row) => matches(row, find))}
        rowKey={(row) => (row.kind === "member" ? row.member.userId : row.invite.id)}
        rowHeight={44}
        narrow={(row) => ({
          title: titleOf(row),
          detail: row.kind === "member" ? row.member.email : `Ends ${formatDate(row.invite.expiresAt)}`,
          aside: (
            <span className="flex items-center">
              <Role row={row} mayChange={mayChange} />
              {mayChange ? <Verbs row={row} onRemove={setRemoving} /> : null}
            </span>
          ),
        })}
        mode="fit"
        showFoot={false}
        loading={members.isPending}
        error={members.error}
        onRetry={() => void members.refetch()}
        empty={<EmptyState variant="plain" title={`Nobody here is called “${find}”`} />}
      />
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={`Remove ${removing?.name ?? ""} from ${displayName}?`}
        effect="They lose access at their next request, and so do their tokens here. What they made stays."
        confirmLabel="Remove"
        busyLabel="Removing"
        onConfirm={async () => {
          if (removing) await remove.mutateAsync({ workspace, userId: removing.userId });
        }}
      />
    </>
  );
}

function titleOf(row: Row): string {
  return row.kind === "member" ? row.member.name : (row.invite.email ?? "Open link");
}

function Who({ row, myId }: { row: Row; myId: string | undefined }) {
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

function Role({ row, mayChange }: { row: Row; mayChange: boolean }) {
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

function Seen({ row }: { row: Row }) {
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

function Verbs({ row, onRemove }: { row: Row; onRemove: (member: Member) => void }) {
  const { name: workspace } = useCurrentWorkspace();
  const revoke = useRevokeInvite();
  const toast = useToast();
  if (row.kind === "invite") {
    const { invite } = row;
    return (
      <Button
        size="sm"
        busy={revoke.isPending}
        onClick={() =>
          revoke.mutate(
            { workspace, id: invite.id },
            {
              onSuccess: () => toast({ title: "The link works no more", kind: "completed" }),
              onError: (error) => toast({ title: error.message, kind: "failed" }),
            },
          )
        }
      >
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
