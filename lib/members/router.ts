import { implement } from "@orpc/server";
import type { ApiContext, UserContext, WorkspaceContext } from "#lib/api/context.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { declineAccess, grantAccess, requestAccess } from "./commands/access-requests.ts";
import { type Acceptor, acceptInvite, createInvite, revokeInvite } from "./commands/invites.ts";
import { removeMember, setMemberRole } from "./commands/members.ts";
import { membersContract } from "./contract.ts";
import { getMember, listAccessRequests, listInvites, listMembers } from "./queries.ts";

const open = implement(membersContract).$context<ApiContext>();
const anywhere = implement(membersContract).$context<UserContext>();
const os = implement(membersContract).$context<WorkspaceContext>();

/** An account that was filled in counts more than who happens to be signed in. */
function acceptorOf(context: ApiContext, account: Parameters<typeof acceptInvite>[2] | undefined): Acceptor {
  if (account) return account;
  const { principal } = context;
  // A token of one workspace must not bring its holder into another.
  if (principal && !principal.onlyWorkspaceId && !principal.runId) return { userId: principal.userId };
  throw new AppError("UNAUTHENTICATED", {
    userMessage: "Sign in, or give a name, e-mail and password for a new account.",
  });
}

const invitesRouter = {
  list: os.invites.list.handler(async ({ context }) => ({
    items: await listInvites(context.services.db, context.workspace.id),
  })),
  create: os.invites.create.handler(async ({ context, input }) => {
    const { services, principal, workspace } = context;
    const { db, env } = services;
    const made = await createInvite(db, principal.userId, { ...input, workspaceId: workspace.id });
    const invite = (await listInvites(db, workspace.id)).find(({ id }) => id === made.id);
    if (!invite) throw notFound("This invitation");
    const query = input.path ? `?to=${encodeURIComponent(input.path)}` : "";
    return { ...invite, url: `${env.url}/invite/${made.token}${query}` };
  }),
  revoke: os.invites.revoke.handler(async ({ context, input }) => {
    await revokeInvite(context.services.db, context.workspace.id, input.id);
    return {};
  }),
  accept: open.invites.accept.handler(({ context, input }) => {
    const account = input.account ? { account: input.account } : undefined;
    return acceptInvite(context.services.db, input.token, acceptorOf(context, account));
  }),
};

const requestsRouter = {
  create: anywhere.requests.create.handler(async ({ context, input }) => {
    await requestAccess(context.services.db, context.principal, input.workspace, input.path);
    return { status: "sent" as const };
  }),
  list: os.requests.list.handler(async ({ context }) => ({
    items: await listAccessRequests(context.services.db, context.workspace.id),
  })),
  grant: os.requests.grant.handler(async ({ context, input }) => {
    const { services, principal, workspace } = context;
    await grantAccess(services.db, principal.userId, { ...input, workspaceId: workspace.id });
    return {};
  }),
  decline: os.requests.decline.handler(async ({ context, input }) => {
    const { services, principal, workspace } = context;
    await declineAccess(services.db, principal.userId, { id: input.id, workspaceId: workspace.id });
    return {};
  }),
};

export const membersRouter = {
  list: os.list.handler(async ({ context }) => ({
    items: await listMembers(context.services.db, context.workspace.id),
  })),
  setRole: os.setRole.handler(async ({ context, input }) => {
    const { services, principal, workspace } = context;
    await setMemberRole(services.db, principal.userId, { ...input, workspaceId: workspace.id });
    return getMember(services.db, workspace.id, input.userId);
  }),
  remove: os.remove.handler(async ({ context, input }) => {
    const { services, principal, workspace } = context;
    await removeMember(services.db, principal.userId, workspace.id, input.userId);
    return {};
  }),
  leave: os.leave.handler(async ({ context }) => {
    const { services, principal, workspace } = context;
    await removeMember(services.db, principal.userId, workspace.id, principal.userId);
    return {};
  }),
  invites: invitesRouter,
  requests: requestsRouter,
};
