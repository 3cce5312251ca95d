"use client";

import { useState } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import { useAccessRequests, useDeclineAccess, useGrantAccess } from "#lib/members/hooks.ts";
import type { AccessRequest } from "#lib/members/model.ts";
import { roleOptions, roleWord } from "./role-words.ts";

/** People who wait to be let in; nothing when there are none. */
export function AccessRequests() {
  const { name, can } = useCurrentWorkspace();
  const { data } = useAccessRequests(name, can("owner"));
  if (!data?.items.length) return null;
  return (
    <section aria-labelledby="waiting" className="rounded-card border border-line">
      <h2 id="waiting" className="border-line border-b px-4 py-2 text-section">
        {data.items.length === 1
          ? "1 person asks to be let in"
          : `${data.items.length} people ask to be let in`}
      </h2>
      <ul>
        {data.items.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}

function RequestRow({ request }: { request: AccessRequest }) {
  const { name: workspace } = useCurrentWorkspace();
  const { id, name, email, userId, path } = request;
  const [role, setRole] = useState<WorkspaceRole>("reader");
  const grant = useGrantAccess();
  const decline = useDeclineAccess();
  const toast = useToast();
  const failed = (error: unknown) =>
    toast({ title: error instanceof Error ? error.message : String(error), kind: "failed" });
  /** The row goes as soon as the list is read again, maybe before the answer: what is said must not hang on it. */
  async function letIn() {
    try {
      await grant.mutateAsync({ workspace, id, role });
      toast({ title: `${name} is in, as ${roleWord[role].toLowerCase()}`, kind: "completed" });
    } catch (error) {
      failed(error);
    }
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-2 last:border-b-0">
      <Avatar person={{ id: userId, name }} size={28} labelled={false} />
      <div className="min-w-48 flex-1">
        <p className="text-body">
          <span className="font-medium">{name}</span> <span className="text-ink-3">{email}</span>
        </p>
        <p className="truncate text-secondary text-ink-3">
          wanted{" "}
          <Link href={path} className="link">
            {path}
          </Link>{" "}
          · <RelativeTime at={request.createdAt} />
        </p>
      </div>
      <div className="flex items-center gap-2">
        <Select
          variant="button"
          aria-label={`Role for ${name}`}
          options={roleOptions}
          value={role}
          onValueChange={setRole}
        />
        <Button variant="primary" busy={grant.isPending} onClick={() => void letIn()}>
          Let in
        </Button>
        <Button
          variant="quiet"
          busy={decline.isPending}
          onClick={() => decline.mutate({ workspace, id }, { onError: failed })}
        >
          Decline
        </Button>
      </div>
    </li>
  );
}
