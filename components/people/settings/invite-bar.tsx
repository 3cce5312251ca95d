"use client";

import { Mail } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import { useCreateInvite } from "#lib/members/hooks.ts";
import { readFormErrors } from "../form-errors.ts";
import type { MadeInvite } from "../invite-dialog.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { roleOptions } from "./role-words.ts";

export interface InviteBarProps {
  onMade: (invite: MadeInvite) => void;
  /** The page to which the link leads once accepted. */
  path?: string;
}

/** An address, a role and "Invite"; without an address the link is for whoever has it. */
export function InviteBar({ onMade, path }: InviteBarProps) {
  const { name } = useCurrentWorkspace();
  const create = useCreateInvite();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<WorkspaceRole>("contributor");
  const errors = create.error ? readFormErrors(create.error, ["email"]) : undefined;
  const fault = errors?.byField.email ?? errors?.whole;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    create.mutate(
      { workspace: name, role, ...(email.trim() ? { email: email.trim() } : {}), ...(path ? { path } : {}) },
      {
        onSuccess: (made) => {
          setEmail("");
          onMade(made);
        },
      },
    );
  }

  return (
    <form method="post" onSubmit={submit} className="min-w-0 flex-1">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="email"
          size="lg"
          icon={<Mail size={14} />}
          aria-label="E-mail to invite"
          placeholder="E-mail to invite, or none for an open link"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          aria-invalid={fault !== undefined}
          className="w-auto min-w-56 max-w-80 flex-1 max-sm:w-full max-sm:max-w-none max-sm:flex-none"
        />
        <Select
          variant="button"
          size="lg"
          aria-label="Role of who is invited"
          options={roleOptions}
          value={role}
          onValueChange={setRole}
        />
        <SubmitButton size="lg" busy={create.isPending}>
          {create.isPending ? "Inviting" : "Invite"}
        </SubmitButton>
      </div>
      {fault === undefined ? null : (
        <p role="alert" className="mt-1 flex items-start gap-1 text-secondary text-failed">
          <StatusIcon kind="failed" size={12} className="mt-0.5" />
          {fault}
        </p>
      )}
    </form>
  );
}
