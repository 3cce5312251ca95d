import type { Metadata } from "next";
import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { PipelineEndpointPage } from "#components/pipeline-endpoints/pipeline-endpoint-page.tsx";

interface PageProps {
  params: Promise<{ workspace: string; endpoint: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).endpoint) };
}

export default async function Page({ params }: PageProps) {
  const { workspace, endpoint } = await params;
  const access = await requireWorkspace(workspace);
  return (
    <PipelineEndpointPage
      workspace={access.name}
      name={decodeURIComponent(endpoint)}
      mayChange={access.role !== "reader"}
    />
  );
}
