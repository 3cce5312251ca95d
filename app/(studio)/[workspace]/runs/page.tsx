import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { RunsPage } from "#components/runs/runs-page.tsx";

export const metadata = { title: "Runs" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <RunsPage workspace={access.name} mayChange={access.role !== "reader"} />;
}
