import type { Metadata } from "next";
import { AuthFrame } from "#components/people/auth-frame.tsx";
import { SetupForm } from "#components/people/setup-form.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { isSetupLinkUsable } from "#lib/auth/first-boot.ts";
import { getWebServices } from "#lib/services/services.ts";
import { studioVersion } from "#lib/studio/version.ts";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = "" } = await searchParams;
  if (await isSetupLinkUsable(getWebServices().db, token)) {
    return (
      <AuthFrame
        title="Set up the studio"
        subtitle="You become its administrator and the owner of the first workspace."
        version={studioVersion}
      >
        <SetupForm token={token} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="This link has ended"
      subtitle="A set-up link works once and for one day. If nobody set up the studio, start it again: it prints a new link."
      version={studioVersion}
    >
      <ButtonLink href="/sign-in" size="xl">
        Sign in
      </ButtonLink>
    </AuthFrame>
  );
}
