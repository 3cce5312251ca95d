import type { Metadata } from "next";
import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { EnvironmentPage } from "#components/environments/environment-page.tsx";

interface PageProps {
  params: Promise<{ workspace: string; name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: PageProps) {
  const { workspace, name } = await params;
  const access = await requireWorkspace(workspace);
  return (
    <EnvironmentPage
      workspace={access.name}
      name={decodeURIComponent(name)}
      mayChange={access.role !== "reader"}
    />
  );
}
