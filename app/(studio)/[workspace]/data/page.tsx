import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { DatasetsPage } from "#components/datasets/datasets-page.tsx";

export const metadata = { title: "Data" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <DatasetsPage workspace={access.name} mayChange={access.role !== "reader"} />;
}
