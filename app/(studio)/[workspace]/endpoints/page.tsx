import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { EndpointsPage } from "#components/endpoints/endpoints-page.tsx";

export const metadata = { title: "Endpoints" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  return <EndpointsPage workspace={access.name} mayChange={access.role !== "reader"} />;
}
