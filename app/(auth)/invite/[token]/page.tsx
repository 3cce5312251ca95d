import type { Metadata } from "next";
import { AuthFrame } from "#components/people/auth-frame.tsx";
import { InviteForm } from "#components/people/invite-form.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { readReturnPath } from "#lib/auth/return-path.ts";
import { findInvitePreview } from "#lib/members/queries.ts";
import { getWebServices } from "#lib/services/services.ts";
import { studioVersion } from "#lib/studio/version.ts";
import { findPagePrincipal } from "../../../session.ts";

export const metadata: Metadata = { title: "Invitation" };

interface InvitePageProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ to?: string }>;
}

export default async function InvitePage({ params, searchParams }: InvitePageProps) {
  const [{ token }, { to }] = [await params, await searchParams];
  const [preview, principal] = await Promise.all([
    findInvitePreview(getWebServices().db, token),
    findPagePrincipal(),
  ]);
  if (!preview) {
    return (
      <AuthFrame
        title="This invitation has ended"
        subtitle="It was used, taken back or is too old. Ask who sent it for a new link."
        version={studioVersion}
      >
        <ButtonLink href={readReturnPath(to)} size="xl">
          Open the studio
        </ButtonLink>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={`Join ${preview.workspaceDisplayName}`}
      subtitle={`${preview.invitedBy} invited you as ${preview.role}. Members see everything in the workspace.`}
      version={studioVersion}
    >
      <InviteForm
        token={token}
        email={preview.email}
        to={to ? readReturnPath(to) : null}
        person={principal && { name: principal.name, email: principal.email }}
      />
    </AuthFrame>
  );
}
