import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { DesignerLanding } from "#components/pipelines/designer-landing.tsx";

export const metadata = { title: "Designer" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <DesignerLanding workspace={access.name} mayChange={access.role !== "reader"} />;
}
