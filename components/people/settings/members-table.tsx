"use client";

import { useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatDate } from "#components/ui/format.ts";
import { useMe } from "#lib/account/hooks.ts";
import { useInvites, useMembers, useRemoveMember } from "#lib/members/hooks.ts";
import type { Member } from "#lib/members/model.ts";
import { type MemberRow, Role, Seen, titleOf, Verbs, Who } from "./member-cells.tsx";

function matches(row: MemberRow, find: string): boolean {
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
  const rows: MemberRow[] = [
    ...(members.data?.items ?? []).map((member) => ({ kind: "member" as const, member })),
    ...(invites.data?.items ?? []).map((invite) => ({ kind: "invite" as const, invite })),
  ];
  const columns: Column<MemberRow>[] = [
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
            render: (row: MemberRow) => <Verbs row={row} onRemove={setRemoving} />,
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
