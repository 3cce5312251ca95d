import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { ModelsPage } from "#components/models/models-page.tsx";

export const metadata = { title: "Models" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <ModelsPage workspace={access.name} mayChange={access.role !== "reader"} />;
}
