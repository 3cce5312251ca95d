import type { Metadata } from "next";
import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { RunPage } from "#components/runs/run-page.tsx";
import { findRun } from "#lib/runs/queries/get-run.ts";
import { getWebServices } from "#lib/services/services.ts";

interface PageProps {
  params: Promise<{ workspace: string; run: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { workspace, run } = await params;
  const name = decodeURIComponent(run);
  const access = await requireWorkspace(workspace);
  const found = await findRun(getWebServices().db, access.id, name);
  return { title: found?.displayName ?? name };
}

export default async function Page({ params }: PageProps) {
  const { workspace, run } = await params;
  const access = await requireWorkspace(workspace);
  return (
    <RunPage workspace={access.name} name={decodeURIComponent(run)} mayChange={access.role !== "reader"} />
  );
}
