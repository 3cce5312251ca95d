import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { EnvironmentsPage } from "#components/environments/environments-page.tsx";

export const metadata = { title: "Environments" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <EnvironmentsPage workspace={access.name} mayChange={access.role !== "reader"} />;
}
