import type { Metadata } from "next";
import type { ReactNode } from "react";
import { StudioFrame } from "#components/studio-frame/studio-frame.tsx";
import { getMe } from "#lib/account/queries.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import { getWebServices } from "#lib/services/services.ts";
import { findPagePrincipal, getPagePrincipal } from "../../session.ts";
import { requireWorkspace } from "../require-workspace.ts";

interface LayoutProps {
  params: Promise<{ workspace: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const person = await findPagePrincipal();
  const { workspace } = await params;
  const access = person && (await findWorkspaceAccess(getWebServices().db, person, workspace));
  if (!access) return { title: "Not found, or no access" };
  return { title: { default: access.displayName, template: `%s · ${access.displayName} · Atelier` } };
}

export default async function WorkspaceLayout({ params, children }: LayoutProps) {
  const { name, displayName, role } = await requireWorkspace((await params).workspace);
  const me = await getMe(getWebServices().db, await getPagePrincipal());
  const teamName = me.workspaces.find((one) => one.name === name)?.teamName ?? "";
  return (
    <StudioFrame me={me} workspace={{ name, displayName, teamName, role }}>
      {children}
    </StudioFrame>
  );
}
