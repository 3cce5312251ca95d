import { requireWorkspace } from "#app/(studio)/require-workspace.ts";
import { DesignerPage } from "#components/designer/designer-page.tsx";

export const metadata = { title: "Draft" };

interface PageProps {
  params: Promise<{ workspace: string; draft: string }>;
}

export default async function Page({ params }: PageProps) {
  const { workspace, draft } = await params;
  await requireWorkspace(workspace);
  return <DesignerPage key={draft} draft={decodeURIComponent(draft)} />;
}
