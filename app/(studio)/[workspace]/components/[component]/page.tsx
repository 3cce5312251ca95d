import type { Metadata } from "next";
import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { ComponentPage } from "#components/component-pages/component-page.tsx";

interface PageProps {
  params: Promise<{ workspace: string; component: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).component) };
}

export default async function Page({ params }: PageProps) {
  const { workspace, component } = await params;
  const access = await requireWorkspace(workspace);
  return (
    <ComponentPage
      workspace={access.name}
      name={decodeURIComponent(component)}
      mayChange={access.role !== "reader"}
    />
  );
}
