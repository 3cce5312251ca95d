import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "#components/people/auth-frame.tsx";
import { SignInForm } from "#components/people/sign-in-form.tsx";
import { readReturnPath } from "#lib/auth/return-path.ts";
import { getWebServices } from "#lib/services/services.ts";
import { studioVersion } from "#lib/studio/version.ts";
import { findPagePrincipal } from "../../session.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ to?: string }> }) {
  const returnTo = readReturnPath((await searchParams).to);
  if (await findPagePrincipal()) redirect(returnTo);
  const { host } = new URL(getWebServices().env.url);
  return (
    <AuthFrame title="Sign in" subtitle={`to the studio at ${host}`} version={studioVersion}>
      <SignInForm returnTo={returnTo} />
    </AuthFrame>
  );
}
