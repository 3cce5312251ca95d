import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { ComponentsPage } from "#components/component-pages/components-page.tsx";

export const metadata = { title: "Components" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <ComponentsPage workspace={access.name} mayChange={access.role !== "reader"} />;
}
