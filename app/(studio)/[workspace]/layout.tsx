import type { Metadata } from "next";
import type { ReactNode } from "react";
import { StudioFrame } from "#components/studio-frame/studio-frame.tsx";
import { getMe } from "#lib/account/queries.ts";
import { getWebServices } from "#lib/services/services.ts";
import { getPagePrincipal } from "../../session.ts";
import { requireWorkspace } from "../require-workspace.ts";

interface LayoutProps {
  params: Promise<{ workspace: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { displayName } = await requireWorkspace((await params).workspace);
  return { title: { default: displayName, template: `%s · ${displayName} · Atelier` } };
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
