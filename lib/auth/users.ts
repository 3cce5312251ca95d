import type { Queryable } from "#db/client.ts";
import { users } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { hashPassword } from "./passwords.ts";

export interface NewUser {
  email: string;
  name: string;
  password: string;
  isAdmin?: boolean;
}

export interface CreatedUser {
  id: string;
  email: string;
  name: string;
}

/** Makes a person who can sign in. An address that somebody has already is a `CONFLICT`. */
export async function createUser(db: Queryable, user: NewUser): Promise<CreatedUser> {
  const email = user.email.trim().toLowerCase();
  const passwordHash = await hashPassword(user.password);
  const [created] = await db
    .insert(users)
    .values({ id: newId("usr"), email, name: user.name, passwordHash, isAdmin: user.isAdmin ?? false })
    .onConflictDoNothing()
    .returning({ id: users.id, email: users.email, name: users.name });
  if (!created) {
    throw new AppError("CONFLICT", { userMessage: `${email} has an account already. Sign in with it.` });
  }
  return created;
}
