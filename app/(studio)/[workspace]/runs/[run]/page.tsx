import type { Metadata } from "next";
import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { RunPage } from "#components/runs/run-page.tsx";

interface PageProps {
  params: Promise<{ workspace: string; run: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).run) };
}

export default async function Page({ params }: PageProps) {
  const { workspace, run } = await params;
  const access = await requireWorkspace(workspace);
  return (
    <RunPage workspace={access.name} name={decodeURIComponent(run)} mayChange={access.role !== "reader"} />
  );
}
