import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { ComparePipelinesPage } from "#components/pipelines/run/compare-pipelines-page.tsx";

export const metadata = { title: "Compare step by step" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <ComparePipelinesPage workspace={access.name} />;
}
