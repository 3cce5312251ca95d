import { eq, lt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { signInAttempts, users } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";
import { type Attempts, countWrongTry, describeWait, freeTries, waitingTime } from "./back-off.ts";
import { hashPassword, needsRehash, verifyPassword } from "./passwords.ts";

export interface SignedInUser {
  id: string;
  email: string;
  name: string;
  sessionVersion: number;
}

const keepAttemptsMs = 24 * 60 * 60_000;

/**
 * Counts a try before the password is looked at and returns the count, so that a thousand tries at once get five
 * guesses, not a thousand. Throws `TOO_MANY_REQUESTS` while the address has to wait.
 */
async function countTry(db: Database, key: string): Promise<Attempts> {
  return db.transaction(async (tx) => {
    const now = new Date();
    await tx.insert(signInAttempts).values({ key, failedCount: 0, lastFailedAt: now }).onConflictDoNothing();
    const [known] = await tx.select().from(signInAttempts).where(eq(signInAttempts.key, key)).for("update");
    const waitMs = waitingTime(known, now);
    if (waitMs > 0) {
      throw new AppError("TOO_MANY_REQUESTS", {
        userMessage: `Too many wrong tries for this e-mail. Try again in ${describeWait(waitMs)}.`,
        details: { retryAfterMs: waitMs },
      });
    }
    const next = countWrongTry(known, now);
    await tx.update(signInAttempts).set(next).where(eq(signInAttempts.key, key));
    return next;
  });
}

async function forgetTries(db: Database, key: string): Promise<void> {
  await db.delete(signInAttempts).where(eq(signInAttempts.key, key));
  await db
    .delete(signInAttempts)
    .where(lt(signInAttempts.lastFailedAt, new Date(Date.now() - keepAttemptsMs)));
}

function wrongPassword(tries: Attempts): AppError {
  const left = freeTries - tries.failedCount;
  const waitMs = waitingTime(tries, tries.lastFailedAt);
  const next =
    left > 0 ? `${left} ${left === 1 ? "try" : "tries"} left.` : `Try again in ${describeWait(waitMs)}.`;
  return new AppError("UNAUTHENTICATED", {
    userMessage: `This e-mail and password do not match. ${next}`,
    details: left > 0 ? { triesLeft: left } : { retryAfterMs: waitMs },
  });
}

/**
 * The person with this e-mail and password. An unknown address, a person without a password and a disabled one are
 * answered as a wrong password is: same words, same time, same count.
 */
export async function signIn(
  services: { db: Database; logger: Logger },
  email: string,
  password: string,
  remoteAddress: string,
): Promise<SignedInUser> {
  const { db, logger } = services;
  const key = email.trim().toLowerCase().slice(0, 254);
  const tries = await countTry(db, key);
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, key));
  const isRight = await verifyPassword(user?.passwordHash ?? null, password.slice(0, 200));
  if (!user || !isRight || user.disabledAt) {
    logger.warn({ remoteAddress, failedCount: tries.failedCount }, "sign-in refused");
    throw wrongPassword(tries);
  }
  await forgetTries(db, key);
  const passwordHash = needsRehash(user.passwordHash ?? "")
    ? await hashPassword(password)
    : user.passwordHash;
  await db.update(users).set({ passwordHash, lastSeenAt: new Date() }).where(eq(users.id, user.id));
  return { id: user.id, email: user.email, name: user.name, sessionVersion: user.sessionVersion };
}
