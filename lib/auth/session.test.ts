import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { users } from "#db/schema/index.ts";
import { endSessions } from "#lib/account/commands.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { findSessionPrincipal } from "./session.ts";
import { createUser } from "./users.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
const secret = "a secret of the test";

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
});

afterAll(async () => {
  await client.close();
  await drop();
});

async function cookieOf(sub: string, sessionVersion: number, signedWith = secret): Promise<string> {
  const token = await encode({ token: { sub, sessionVersion }, secret: signedWith });
  return `other=1; next-auth.session-token=${encodeURIComponent(token)}`;
}

it("knows the person of a cookie until their sessions are ended or they are disabled", async () => {
  const person = { email: "al@bank.example", name: "AL", password: "long enough", isAdmin: true };
  const { id } = await createUser(client.db, person);
  const find = (cookie: string | undefined) => findSessionPrincipal(client.db, cookie, secret);
  expect(await find(await cookieOf(id, 1))).toEqual({
    userId: id,
    email: "al@bank.example",
    name: "AL",
    isAdmin: true,
    via: "session",
  });
  const [seen] = await client.db.select().from(users).where(eq(users.id, id));
  expect(Date.now() - (seen?.lastSeenAt?.getTime() ?? 0)).toBeLessThan(10_000);
  expect(await find(undefined)).toBeNull();
  expect(await find("next-auth.session-token=nonsense")).toBeNull();
  expect(await find(await cookieOf(id, 1, "another secret"))).toBeNull();
  expect(await find(await cookieOf("usr_none", 1))).toBeNull();

  await endSessions(client.db, id);
  expect(await find(await cookieOf(id, 1))).toBeNull();
  expect(await find(await cookieOf(id, 2))).not.toBeNull();
  await client.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, id));
  expect(await find(await cookieOf(id, 2))).toBeNull();
});
