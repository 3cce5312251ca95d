import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { authorize } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { createToken, findTokenPrincipal } from "#lib/auth/tokens.ts";
import { createUser } from "#lib/auth/users.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createWorkspace } from "#lib/workspaces/commands.ts";
import { changePassword, createAccessToken, revokeAccessToken } from "./commands.ts";
import { getMe, listTokens } from "./queries.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let person: Principal;
let workspaceId: string;
const email = "al@bank.example";

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  const { id } = await createUser(client.db, {
    email,
    name: "AL",
    password: "first password",
    isAdmin: true,
  });
  person = { userId: id, email, name: "AL", isAdmin: true, via: "session" };
  workspaceId = (await createWorkspace(client.db, id, { name: "fares", displayName: "Fares" })).id;
  await createWorkspace(client.db, id, { name: "growth", displayName: "Growth", team: "Data team" });
});

afterAll(async () => {
  await client.close();
  await drop();
});

describe("access tokens", () => {
  it("act for their owner until revoked, everywhere or in one workspace", async () => {
    const all = await createAccessToken(client.db, person, { name: "laptop", expiresInDays: 30 });
    const one = await createAccessToken(client.db, person, {
      name: "robot",
      workspace: "fares",
      expiresInDays: 1,
    });
    expect(all.token).toMatch(/^atl_[\w-]{43}$/);
    const whole = await findTokenPrincipal(client.db, all.token);
    const confined = await findTokenPrincipal(client.db, one.token);
    if (!whole || !confined) throw new Error("the tokens are not known");
    const names = async (who: Principal) => (await getMe(client.db, who)).workspaces.map(({ name }) => name);
    expect(await names(whole)).toEqual(["fares", "growth"]);
    expect(await names(confined)).toEqual(["fares"]);
    expect((await getMe(client.db, confined)).isAdmin).toBe(false);
    await expect(authorize(client.db, confined, "person", undefined)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(authorize(client.db, whole, "person", undefined)).resolves.toBeDefined();

    const listed = await listTokens(client.db, person.userId);
    expect(listed.map(({ name, workspace }) => [name, workspace])).toEqual([
      ["robot", "fares"],
      ["laptop", null],
    ]);
    expect(JSON.stringify(listed)).not.toContain(all.token);
    await revokeAccessToken(client.db, person.userId, all.id);
    expect(await findTokenPrincipal(client.db, all.token)).toBeNull();
    await expect(revokeAccessToken(client.db, "usr_other", one.id)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("of a run are not listed and make nothing in its person's name", async () => {
    const { token } = await createToken(client.db, {
      userId: person.userId,
      name: "run",
      workspaceId,
      runId: "run_1",
    });
    const run = await findTokenPrincipal(client.db, token);
    expect((await listTokens(client.db, person.userId)).map(({ name }) => name)).not.toContain("run");
    await expect(authorize(client.db, run, "person", undefined)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(authorize(client.db, run, "admin", undefined)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { workspace } = await authorize(client.db, run, "reader", "fares");
    expect(workspace?.role).toBe("contributor");
  });

  it("are not made for a workspace of others", async () => {
    const request = { name: "x", workspace: "nobody-s", expiresInDays: 1 };
    await expect(createAccessToken(client.db, person, request)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("changing the password", () => {
  it("needs the current one, ends sessions, and counts wrong tries", async () => {
    const services = { db: client.db, logger: pino({ level: "silent" }) };
    const change = (current: string) =>
      changePassword(services, person, { current, next: "second password" }, "");
    const before = await signIn(services, email, "first password", "");
    await expect(change("wrong")).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      issues: [{ path: "currentPassword" }],
    });
    await change("first password");
    const after = await signIn(services, email, "second password", "");
    expect(after.sessionVersion).toBe(before.sessionVersion + 1);
    await expect(signIn(services, email, "first password", "")).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    for (let i = 0; i < 4; i++) await expect(change("wrong")).rejects.toThrow();
    await expect(change("second password")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });
});
