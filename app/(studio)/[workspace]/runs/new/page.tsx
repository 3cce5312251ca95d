import { notFound } from "next/navigation";
import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { NewRunPage } from "#components/runs/new-run/new-run-page.tsx";

export const metadata = { title: "New run" };

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await requireWorkspace((await params).workspace);
  if (access.role === "reader") notFound();
  return <NewRunPage workspace={access.name} />;
}
