import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { EvaluationPage } from "#components/evaluation/evaluation-page.tsx";

export const metadata = { title: "Evaluation" };

interface PageProps {
  params: Promise<{ workspace: string; run: string; output: string }>;
}

export default async function Page({ params }: PageProps) {
  const { workspace, run, output } = await params;
  const access = await requireWorkspace(workspace);
  return <EvaluationPage workspace={access.name} runName={run} outputName={decodeURIComponent(output)} />;
}
