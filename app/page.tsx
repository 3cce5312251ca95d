import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { lastWorkspaceCookie } from "#components/studio-frame/last-workspace.ts";
import { getWebServices } from "#lib/services/services.ts";
import { listMyWorkspaces } from "#lib/workspaces/queries.ts";
import { getPagePrincipal } from "./session.ts";

/** Opens the workspace that this browser saw last, else the first one; without any, where one is made. */
export default async function StartPage() {
  const principal = await getPagePrincipal();
  const mine = await listMyWorkspaces(getWebServices().db, principal);
  const last = (await cookies()).get(lastWorkspaceCookie)?.value;
  const workspace = mine.find(({ name }) => name === last) ?? mine[0];
  redirect(workspace ? `/${workspace.name}` : "/new-workspace");
}
