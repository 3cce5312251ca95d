"use client";

import { draftHref } from "#components/pipelines/use-drafts.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { plural } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import type { DraftUse } from "./use-draft-uses.ts";

/** A data node is called by the name of its input. */
function describeNodes(nodes: readonly string[]): string {
  return nodes.map((node) => node.replace(/^inputs\./, "")).join(", ");
}

interface ArchiveDialogProps {
  workspace: string;
  name: string;
  uses: readonly DraftUse[];
  onArchive: () => Promise<void>;
  onClose: () => void;
}

/** Says which drafts would miss a thing before it is archived. */
export function ArchiveDialog({ workspace, name, uses, onArchive, onClose }: ArchiveDialogProps) {
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => open || onClose()}
      title={`Archive ${name}?`}
      effect={
        <>
          <p>
            {uses.length === 1 ? "A draft uses" : `${plural(uses.length, "draft")} use`} it. It leaves the
            lists and the palette; drafts that name it go on with what they name.
          </p>
          <ul className="mt-2 flex max-h-48 flex-col gap-1 overflow-y-auto">
            {uses.map(({ draft, nodes }) => (
              <li key={draft.id}>
                <Link href={draftHref(workspace, draft.id)} className="link">
                  {draft.name}
                </Link>
                {nodes.length > 0 ? <span className="text-ink-3"> {describeNodes(nodes)}</span> : null}
              </li>
            ))}
          </ul>
        </>
      }
      confirmLabel="Archive"
      busyLabel="Archiving"
      keepLabel="Keep it"
      onConfirm={onArchive}
    />
  );
}
