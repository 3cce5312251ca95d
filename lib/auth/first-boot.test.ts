import { sql } from "drizzle-orm";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { setupLinks, users } from "#db/schema/index.ts";
import { completeSetup } from "#lib/account/commands.ts";
import { type Env, readEnv } from "#lib/core/env.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { isSetupLinkUsable, prepareFirstAdministrator } from "./first-boot.ts";
import { signIn } from "./sign-in.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let url: string;

beforeEach(async () => {
  const database = await createTestDatabase();
  ({ drop, url } = database);
  client = connectDatabase(url, { max: 10 });
});

afterEach(async () => {
  await client.close();
  await drop();
});

function envWith(extra: Record<string, string> = {}): Env {
  const s3 = {
    S3_ENDPOINT: "http://127.0.0.1:1",
    S3_BUCKET: "b",
    S3_ACCESS_KEY_ID: "k",
    S3_SECRET_ACCESS_KEY: "s",
  };
  return readEnv({ DATABASE_URL: url, ...s3, ...extra });
}

function tokenOf(setupUrl: string | null): string {
  return new URL(setupUrl ?? "http://none").searchParams.get("token") ?? "";
}

const setup = { email: "al@bank.example", name: "AL", password: "long enough", workspace: "fares" };

describe("the first start", () => {
  it("makes the administrator of the settings, once, however many processes start", async () => {
    const env = envWith({ ATELIER_ADMIN_EMAIL: "Boss@Bank.example", ATELIER_ADMIN_PASSWORD: "long enough" });
    const results = await Promise.all([1, 2, 3].map(() => prepareFirstAdministrator({ db: client.db, env })));
    expect(results).toEqual(Array.from({ length: 3 }, () => ({ setupUrl: null })));
    const people = await client.db.select().from(users);
    expect(people.map(({ email, isAdmin }) => ({ email, isAdmin }))).toEqual([
      { email: "boss@bank.example", isAdmin: true },
    ]);
    const services = { db: client.db, logger: pino({ level: "silent" }) };
    expect((await signIn(services, "boss@bank.example", "long enough", "")).name).toBe("Boss");
  });

  it("gives a link that makes the administrator and the first workspace, and works once", async () => {
    const env = envWith({ PORT: "4321" });
    const { setupUrl } = await prepareFirstAdministrator({ db: client.db, env });
    expect(setupUrl).toMatch(/^http:\/\/localhost:4321\/setup\?token=atl_setup_[\w-]{43}$/);
    const token = tokenOf(setupUrl);
    const [link] = await client.db.select().from(setupLinks);
    expect(link?.tokenHash).not.toContain(token);
    expect(await isSetupLinkUsable(client.db, token)).toBe(true);
    expect(await isSetupLinkUsable(client.db, "atl_setup_other")).toBe(false);

    const attempts = await Promise.allSettled([
      completeSetup(client.db, { token, ...setup }),
      completeSetup(client.db, { token, ...setup, email: "other@bank.example", workspace: "other" }),
    ]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await client.db.select().from(users)).toHaveLength(1);
    expect(await isSetupLinkUsable(client.db, token)).toBe(false);
    expect(await prepareFirstAdministrator({ db: client.db, env })).toEqual({ setupUrl: null });
  });

  it("does not take a link that is a day old, nor use one up when the workspace cannot be made", async () => {
    const { setupUrl } = await prepareFirstAdministrator({ db: client.db, env: envWith() });
    const token = tokenOf(setupUrl);
    const nameless = completeSetup(client.db, { token, ...setup, workspace: null as unknown as string });
    await expect(nameless).rejects.toThrow();
    expect(await isSetupLinkUsable(client.db, token)).toBe(true);
    await client.db.update(setupLinks).set({ expiresAt: sql`now() - interval '1 second'` });
    expect(await isSetupLinkUsable(client.db, token)).toBe(false);
    await expect(completeSetup(client.db, { token, ...setup })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await client.db.select().from(users)).toHaveLength(0);
  });
});
