"use client";

import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { formatDate } from "#components/ui/format.ts";
import type { Invite } from "#lib/members/model.ts";
import { roleWord } from "./settings/role-words.ts";

export type MadeInvite = Invite & { url: string };

/** The link of an invitation; it is shown once. */
export function InviteLink({ invite }: { invite: MadeInvite }) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <code className="field-edge min-w-0 flex-1 px-2 py-1.5 text-code break-all" data-testid="invite-link">
          {invite.url}
        </code>
        <CopyButton text={invite.url} label="Copy link" variant="primary" size="lg" />
      </div>
      <p className="text-secondary text-ink-3">
        It makes {invite.email ?? "one person"} a {roleWord[invite.role].toLowerCase()}, works once and ends
        on {formatDate(invite.expiresAt)}.
      </p>
    </div>
  );
}

/** Shows a link that was just made. */
export function InviteDialog({ invite, onClose }: { invite: MadeInvite | null; onClose: () => void }) {
  return (
    <Dialog
      open={invite !== null}
      onOpenChange={(open) => !open && onClose()}
      title={invite?.email ? `Invitation for ${invite.email}` : "Invitation"}
      description="Send this link yourself: the studio sends no mail. It is shown this once."
      closeOnOutside={false}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      {invite ? <InviteLink invite={invite} /> : null}
    </Dialog>
  );
}
