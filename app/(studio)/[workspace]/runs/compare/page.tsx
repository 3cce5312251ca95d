import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { ComparePage } from "#components/runs/compare/compare-page.tsx";

export const metadata = { title: "Compare runs" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <ComparePage workspace={access.name} />;
}
