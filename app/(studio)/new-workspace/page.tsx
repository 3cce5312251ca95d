import type { Metadata } from "next";
import { AuthFrame } from "#components/people/auth-frame.tsx";
import { NewWorkspaceForm } from "#components/people/new-workspace-form.tsx";
import { getWebServices } from "#lib/services/services.ts";
import { studioVersion } from "#lib/studio/version.ts";
import { listMyWorkspaces } from "#lib/workspaces/queries.ts";
import { getPagePrincipal } from "../../session.ts";

export const metadata: Metadata = { title: "New workspace" };

export default async function NewWorkspacePage() {
  const principal = await getPagePrincipal();
  const mine = await listMyWorkspaces(getWebServices().db, principal);
  return (
    <AuthFrame
      title={mine.length === 0 ? "Make a workspace" : "New workspace"}
      subtitle="Data, runs, models and endpoints of people who work together. You become its owner."
      version={studioVersion}
    >
      <NewWorkspaceForm team={mine[0]?.teamName ?? ""} mayCancel={mine.length > 0} />
    </AuthFrame>
  );
}
