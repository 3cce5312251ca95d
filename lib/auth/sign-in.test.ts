import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { signInAttempts, users } from "#db/schema/index.ts";
import { isAppError } from "#lib/core/errors.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { hashPassword, needsRehash, verifyPassword } from "./passwords.ts";
import { signIn } from "./sign-in.ts";
import { createUser } from "./users.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
const logger = pino({ level: "silent" });

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url, { max: 20 });
});

afterAll(async () => {
  await client.close();
  await drop();
});

function tryWith(email: string, password: string) {
  return signIn({ db: client.db, logger }, email, password, "192.0.2.1");
}

async function failWith(email: string, password = "wrong password"): Promise<string> {
  try {
    await tryWith(email, password);
  } catch (error) {
    if (isAppError(error)) return `${error.status} ${error.userMessage}`;
    throw error;
  }
  throw new Error("the sign-in was let through");
}

describe("signing in", () => {
  it("lets in who knows the password, whatever the case of the address", async () => {
    const { id } = await createUser(client.db, {
      email: "Al@Bank.example",
      name: "AL",
      password: "right one 1",
    });
    const signedIn = await tryWith(" al@BANK.example", "right one 1");
    expect(signedIn).toEqual({ id, email: "al@bank.example", name: "AL", sessionVersion: 1 });
    const [row] = await client.db.select().from(users).where(eq(users.id, id));
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(row?.lastSeenAt).toBeInstanceOf(Date);
  });

  it("answers an unknown address, a wrong password and a disabled person alike, try by try", async () => {
    await createUser(client.db, { email: "known@bank.example", name: "K", password: "right one 2" });
    const gone = await createUser(client.db, {
      email: "gone@bank.example",
      name: "G",
      password: "right one 3",
    });
    await client.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, gone.id));
    const expected = [
      "401 This e-mail and password do not match. 4 tries left.",
      "401 This e-mail and password do not match. 3 tries left.",
      "401 This e-mail and password do not match. 2 tries left.",
      "401 This e-mail and password do not match. 1 try left.",
      "401 This e-mail and password do not match. Try again in 30 seconds.",
      // On a busy machine a second or more of them has gone by.
      expect.stringMatching(/^429 Too many wrong tries for this e-mail\. Try again in (30|2\d) seconds\.$/),
    ];
    for (const [email, password] of [
      ["known@bank.example", "wrong"],
      ["nobody@bank.example", "wrong"],
      ["gone@bank.example", "right one 3"],
    ] as const) {
      const answers: string[] = [];
      for (let i = 0; i < 6; i++) answers.push(await failWith(email, password));
      expect(answers).toEqual(expected);
    }
  });

  it("does not let the right password through while waiting, and forgets the count once it is right", async () => {
    const email = "slow@bank.example";
    await createUser(client.db, { email, name: "S", password: "right one 4" });
    for (let i = 0; i < 5; i++) await failWith(email);
    expect(await failWith(email, "right one 4")).toMatch(/^429/);
    await client.db
      .update(signInAttempts)
      .set({ blockedUntil: new Date(Date.now() - 1) })
      .where(eq(signInAttempts.key, email));
    expect(await failWith(email)).toMatch(/Try again in 60 seconds/);
    await client.db
      .update(signInAttempts)
      .set({ blockedUntil: new Date(Date.now() - 1) })
      .where(eq(signInAttempts.key, email));
    await tryWith(email, "right one 4");
    expect(await failWith(email)).toMatch(/4 tries left/);
  });

  it("hears five guesses when forty come at once", async () => {
    const email = "many@bank.example";
    await createUser(client.db, { email, name: "M", password: "right one 5" });
    const answers = await Promise.all(Array.from({ length: 40 }, () => failWith(email)));
    expect(answers.filter((answer) => answer.startsWith("401"))).toHaveLength(5);
    expect(answers.filter((answer) => answer.startsWith("429"))).toHaveLength(35);
  });

  it("takes as long for an unknown address as for a known one", async () => {
    const known = await hashPassword("some password");
    const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    const time = async (which: keyof typeof fastest, passwordHash: string | null) => {
      const start = performance.now();
      await verifyPassword(passwordHash, "wrong");
      fastest[which] = Math.min(fastest[which], performance.now() - start);
    };
    // In turn, and the fastest of each, since other work on the machine only ever adds time.
    for (let i = 0; i < 12; i++) {
      await time("unknown", null);
      await time("known", known);
    }
    // An answer without the work would take a thousandth.
    expect(fastest.unknown / fastest.known).toBeGreaterThan(0.2);
    expect(fastest.unknown / fastest.known).toBeLessThan(5);
  });

  it("hashes anew what was hashed with weaker parameters", async () => {
    const { hash } = await import("@node-rs/argon2");
    const weak = await hash("right one 6", { memoryCost: 8192, timeCost: 1 });
    expect(needsRehash(weak)).toBe(true);
    const email = "old@bank.example";
    const { id } = await createUser(client.db, { email, name: "O", password: "right one 6" });
    await client.db.update(users).set({ passwordHash: weak }).where(eq(users.id, id));
    await tryWith(email, "right one 6");
    const [row] = await client.db.select().from(users).where(eq(users.id, id));
    expect(needsRehash(row?.passwordHash ?? "")).toBe(false);
    await tryWith(email, "right one 6");
  });
});
