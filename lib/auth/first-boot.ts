import { and, gt, isNull, lt, sql } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { setupLinks, users } from "#db/schema/index.ts";
import type { Env } from "#lib/core/env.ts";
import { notFound } from "#lib/core/errors.ts";
import { newSecret } from "#lib/core/ids.ts";
import { hashToken } from "./tokens.ts";
import { type CreatedUser, createUser, type NewUser } from "./users.ts";

const linkLifetimeMs = 24 * 60 * 60_000;
/** Any constant will do: whoever makes the first person holds this lock. */
const firstUserLock = 719_204_411;

async function hasUsers(tx: Queryable): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(${firstUserLock})`);
  const found = await tx.select({ id: users.id }).from(users).limit(1);
  return found.length > 0;
}

/**
 * Sees to it that a studio without people can get its first administrator: the one of the settings, or a link, valid for
 * a day and once, by which whoever reads the terminal makes one. Null when there are people already.
 */
export async function prepareFirstAdministrator(services: {
  db: Database;
  env: Env;
}): Promise<{ setupUrl: string | null }> {
  const { db, env } = services;
  return db.transaction(async (tx) => {
    if (await hasUsers(tx)) return { setupUrl: null };
    const { ATELIER_ADMIN_EMAIL: email, ATELIER_ADMIN_PASSWORD: password } = env;
    if (email && password) {
      const name = email.split("@")[0] ?? email;
      await createUser(tx, { email, name, password, isAdmin: true });
      return { setupUrl: null };
    }
    const token = newSecret("atl_setup");
    await tx.delete(setupLinks).where(lt(setupLinks.expiresAt, new Date()));
    const expiresAt = new Date(Date.now() + linkLifetimeMs);
    await tx.insert(setupLinks).values({ tokenHash: hashToken(token), expiresAt });
    return { setupUrl: `${env.url}/setup?token=${token}` };
  });
}

function usable(token: string) {
  return and(
    sql`${setupLinks.tokenHash} = ${hashToken(token)}`,
    isNull(setupLinks.usedAt),
    gt(setupLinks.expiresAt, sql`now()`),
  );
}

/** Whether a set-up link still works. */
export async function isSetupLinkUsable(db: Queryable, token: string): Promise<boolean> {
  const [link] = await db.select({ hash: setupLinks.tokenHash }).from(setupLinks).where(usable(token));
  if (!link) return false;
  const people = await db.select({ id: users.id }).from(users).limit(1);
  return people.length === 0;
}

/** Uses up a set-up link and makes the first administrator, in the caller's transaction. */
export async function useSetupLink(tx: Queryable, token: string, user: NewUser): Promise<CreatedUser> {
  const people = await hasUsers(tx);
  const used = await tx
    .update(setupLinks)
    .set({ usedAt: new Date() })
    .where(usable(token))
    .returning({ hash: setupLinks.tokenHash });
  if (people || used.length === 0) throw notFound("This set-up link");
  return createUser(tx, { ...user, isAdmin: true });
}
