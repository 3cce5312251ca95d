import { and, eq } from "drizzle-orm";
import { drafts } from "#db/schema/index.ts";
import { roleAllows } from "#lib/auth/access.ts";
import { authenticate, type Credentials } from "#lib/auth/authenticate.ts";
import { authorize } from "#lib/auth/authorize.ts";
import { notFound } from "#lib/core/errors.ts";
import type { Services } from "#lib/services/services.ts";

/** `<workspace>/<draft id>`, as clients name a document. */
export interface DocumentName {
  workspace: string;
  draftId: string;
}

export function documentName({ workspace, draftId }: DocumentName): string {
  return `${workspace}/${draftId}`;
}

export function parseDocumentName(name: string): DocumentName {
  const [workspace, draftId, ...rest] = name.split("/");
  if (!workspace || !draftId || rest.length > 0) throw notFound("This draft");
  return { workspace, draftId };
}

export interface DraftAccess {
  userId: string;
  userName: string;
  workspaceId: string;
  draftId: string;
  readOnly: boolean;
}

/** What somebody may do with a draft; asked anew while they are connected, so that a change of role counts. */
export async function findDraftAccess(
  services: Pick<Services, "db" | "sessionSecret">,
  credentials: Credentials,
  name: string,
): Promise<DraftAccess> {
  const { workspace: workspaceName, draftId } = parseDocumentName(name);
  const caller = await authenticate(services.db, credentials, services.sessionSecret);
  const { principal, workspace } = await authorize(services.db, caller, "reader", workspaceName);
  if (!principal || !workspace) throw notFound("This draft");
  const [row] = await services.db
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.workspaceId, workspace.id), eq(drafts.id, draftId)));
  if (!row) throw notFound("This draft");
  return {
    userId: principal.userId,
    userName: principal.name || principal.email,
    workspaceId: workspace.id,
    draftId,
    readOnly: !roleAllows(workspace.role, "contributor"),
  };
}
