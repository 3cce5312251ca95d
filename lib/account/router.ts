import { implement } from "@orpc/server";
import type { ApiContext, UserContext } from "#lib/api/context.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import {
  changePassword,
  completeSetup,
  createAccessToken,
  endSessions,
  renamePerson,
  revokeAccessToken,
} from "./commands.ts";
import { accountContract } from "./contract.ts";
import { getMe, listTokens } from "./queries.ts";

const open = implement(accountContract).$context<ApiContext>();
const os = implement(accountContract).$context<UserContext>();

export const accountRouter = {
  get: os.get.handler(({ context }) => getMe(context.services.db, context.principal)),
  update: os.update.handler(async ({ context, input }) => {
    await renamePerson(context.services.db, context.principal.userId, input.name);
    return getMe(context.services.db, context.principal);
  }),
  changePassword: os.changePassword.handler(async ({ context, input }) => {
    const { services, principal, remoteAddress } = context;
    const passwords = { current: input.currentPassword, next: input.newPassword };
    await changePassword(services, principal, passwords, remoteAddress);
    return {};
  }),
  signOutEverywhere: os.signOutEverywhere.handler(async ({ context }) => {
    await endSessions(context.services.db, context.principal.userId);
    return {};
  }),
  listTokens: os.listTokens.handler(async ({ context }) => ({
    items: await listTokens(context.services.db, context.principal.userId),
  })),
  createToken: os.createToken.handler(({ context, input }) =>
    createAccessToken(context.services.db, context.principal, input),
  ),
  revokeToken: os.revokeToken.handler(async ({ context, input }) => {
    await revokeAccessToken(context.services.db, context.principal.userId, input.id);
    return {};
  }),
  issueToken: open.issueToken.handler(async ({ context, input }) => {
    const { services, remoteAddress } = context;
    const { id, email, name } = await signIn(services, input.email, input.password, remoteAddress);
    const principal = { userId: id, email, name, isAdmin: false, via: "session" as const };
    const token = await createAccessToken(services.db, principal, input);
    return { ...token, user: { id, email, name } };
  }),
  completeSetup: open.completeSetup.handler(({ context, input }) =>
    completeSetup(context.services.db, input),
  ),
};
