import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { ComputesPage } from "#components/computes/computes-page.tsx";

export const metadata = { title: "Compute" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <ComputesPage workspace={access.name} mayManage={access.role === "owner"} />;
}
