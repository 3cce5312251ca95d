import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { invites, outbox, users, workspaces } from "#db/schema/index.ts";
import { listActivities } from "#lib/activity/queries.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { newId, randomText } from "#lib/core/ids.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { archiveWorkspace, createWorkspace } from "#lib/workspaces/commands.ts";
import { declineAccess, grantAccess, requestAccess } from "./commands/access-requests.ts";
import { acceptInvite, createInvite, revokeInvite } from "./commands/invites.ts";
import { removeMember, setMemberRole } from "./commands/members.ts";
import { findInvitePreview, listAccessRequests, listInvites, listMembers } from "./queries.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let owner: Principal;
let stranger: Principal;
let name: string;
let workspaceId: string;

async function addPerson(email: string): Promise<Principal> {
  const userId = newId("usr");
  await client.db.insert(users).values({ id: userId, email, name: email.split("@")[0] ?? "" });
  return { userId, email, name: email, isAdmin: false, via: "session" };
}

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url, { max: 20 });
});

afterAll(async () => {
  await client.close();
  await drop();
});

beforeEach(async () => {
  const mark = randomText(6);
  owner = await addPerson(`owner-${mark}@bank.example`);
  stranger = await addPerson(`stranger-${mark}@bank.example`);
  name = `w-${mark}`;
  workspaceId = (await createWorkspace(client.db, owner.userId, { name, displayName: "W" })).id;
});

const roleOf = async (who: Principal) => (await findWorkspaceAccess(client.db, who, name))?.role ?? null;
const events = async () =>
  (await client.db.select().from(outbox).where(eq(outbox.workspaceId, workspaceId)).orderBy(outbox.id)).map(
    (row) => `${row.kind} ${row.event}`,
  );
const invite = (extra: { email?: string; role?: "reader" | "contributor" | "owner" } = {}) =>
  createInvite(client.db, owner.userId, { workspaceId, role: "contributor", expiresInDays: 7, ...extra });

describe("an invitation", () => {
  it("lets a known person join once, with its role, and is told to who watches", async () => {
    const { token } = await invite();
    expect(await findInvitePreview(client.db, token)).toEqual({
      workspace: name,
      workspaceDisplayName: "W",
      role: "contributor",
      invitedBy: owner.email.split("@")[0],
      email: null,
    });
    expect(await roleOf(stranger)).toBeNull();
    expect(await acceptInvite(client.db, token, { userId: stranger.userId })).toEqual({ workspace: name });
    expect(await roleOf(stranger)).toBe("contributor");
    const other = await addPerson(`late-${randomText(6)}@bank.example`);
    await expect(acceptInvite(client.db, token, { userId: other.userId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await listInvites(client.db, workspaceId)).toEqual([]);
    expect(await events()).toEqual(["workspace created", "member invited", "member created"]);
    const { items } = await listActivities(client.db, { workspaceId, limit: 10 });
    expect(items.map(({ verb, user }) => `${user?.name} ${verb}`)).toEqual([
      `${stranger.email.split("@")[0]} joined`,
      `${owner.email.split("@")[0]} invited`,
      `${owner.email.split("@")[0]} created`,
    ]);
  });

  it("is won by one of ten who use it at once", async () => {
    const { token } = await invite();
    const people = await Promise.all(
      Array.from({ length: 10 }, () => addPerson(`${randomText(9)}@bank.example`)),
    );
    const results = await Promise.allSettled(
      people.map(({ userId }) => acceptInvite(client.db, token, { userId })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await listMembers(client.db, workspaceId)).toHaveLength(2);
  });

  it("makes an account for who has none, and none when the address is taken", async () => {
    const email = `new-${randomText(6)}@bank.example`;
    const account = { email, name: "New", password: "long enough" };
    await acceptInvite(client.db, (await invite()).token, { account });
    const services = { db: client.db, logger: pino({ level: "silent" }) };
    const { id } = await signIn(services, email, "long enough", "");
    expect(await roleOf({ ...stranger, userId: id })).toBe("contributor");
    const { token } = await invite();
    await expect(acceptInvite(client.db, token, { account })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await findInvitePreview(client.db, token)).not.toBeNull();
  });

  it("of one address is for nobody else", async () => {
    const { token } = await invite({ email: stranger.email });
    const account = { email: "other@bank.example", name: "O", password: "long enough" };
    await expect(acceptInvite(client.db, token, { userId: owner.userId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(acceptInvite(client.db, token, { account })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await client.db.select().from(users).where(eq(users.email, account.email))).toEqual([]);
    await acceptInvite(client.db, token, { userId: stranger.userId });
    expect(await roleOf(stranger)).toBe("contributor");
  });

  it("raises a role and never lowers one", async () => {
    await acceptInvite(client.db, (await invite({ role: "reader" })).token, { userId: stranger.userId });
    const higher = await invite({ role: "contributor" });
    await acceptInvite(client.db, higher.token, { userId: stranger.userId });
    expect(await roleOf(stranger)).toBe("contributor");
    const lower = await invite({ role: "reader" });
    await acceptInvite(client.db, lower.token, { userId: stranger.userId });
    expect(await roleOf(stranger)).toBe("contributor");
    expect(await findInvitePreview(client.db, lower.token)).not.toBeNull();
  });

  it("stops when revoked, expired or its workspace is archived", async () => {
    const accept = (token: string) => acceptInvite(client.db, token, { userId: stranger.userId });
    const revoked = await invite();
    await revokeInvite(client.db, workspaceId, revoked.id);
    await expect(accept(revoked.token)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(revokeInvite(client.db, workspaceId, revoked.id)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const expired = await invite();
    await client.db
      .update(invites)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(invites.id, expired.id));
    await expect(accept(expired.token)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const open = await invite();
    await archiveWorkspace(client.db, owner.userId, workspaceId);
    await expect(accept(open.token)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findInvitePreview(client.db, open.token)).toBeNull();
  });
});

describe("members", () => {
  it("change role and leave with effect on the next look, and the last owner stays", async () => {
    await acceptInvite(client.db, (await invite()).token, { userId: stranger.userId });
    const change = (role: "reader" | "owner") =>
      setMemberRole(client.db, owner.userId, { workspaceId, userId: stranger.userId, role });
    await change("reader");
    expect(await roleOf(stranger)).toBe("reader");
    const toReader = { workspaceId, userId: owner.userId, role: "reader" as const };
    await expect(setMemberRole(client.db, owner.userId, toReader)).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(removeMember(client.db, owner.userId, workspaceId, owner.userId)).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await change("owner");
    await removeMember(client.db, owner.userId, workspaceId, owner.userId);
    expect(await roleOf(owner)).toBeNull();
    expect(await events()).toContain("member deleted");
    await expect(removeMember(client.db, stranger.userId, workspaceId, owner.userId)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("cannot remove each other at once and leave nobody in charge", async () => {
    await acceptInvite(client.db, (await invite({ role: "owner" })).token, { userId: stranger.userId });
    const results = await Promise.allSettled([
      removeMember(client.db, owner.userId, workspaceId, stranger.userId),
      removeMember(client.db, stranger.userId, workspaceId, owner.userId),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await listMembers(client.db, workspaceId)).toHaveLength(1);
  });
});

describe("asking to be let in", () => {
  const ask = (path: string) => requestAccess(client.db, stranger, name, path);

  it("tells nothing, waits once, and lets in with a role", async () => {
    await requestAccess(client.db, stranger, "no-such-workspace", "/no-such-workspace/runs");
    await ask(`/${name}/runs?filter=a`);
    await ask(`/${name}/runs/keen_plum?tab=metrics`);
    const [request, ...more] = await listAccessRequests(client.db, workspaceId);
    expect(more).toEqual([]);
    expect(request).toMatchObject({ email: stranger.email, path: `/${name}/runs/keen_plum?tab=metrics` });
    const id = request?.id ?? "";
    await grantAccess(client.db, owner.userId, { workspaceId, id, role: "reader" });
    expect(await roleOf(stranger)).toBe("reader");
    expect(await listAccessRequests(client.db, workspaceId)).toEqual([]);
    await expect(declineAccess(client.db, owner.userId, { workspaceId, id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await ask(`/${name}`);
    expect(await listAccessRequests(client.db, workspaceId)).toEqual([]);
  });

  it("never shows owners a link that leads out of the workspace", async () => {
    for (const path of ["/elsewhere/runs", `/${name}evil`, "/"]) {
      await ask(path);
      expect((await listAccessRequests(client.db, workspaceId))[0]?.path).toBe(`/${name}`);
    }
  });

  it("can be declined, and asked again", async () => {
    await ask(`/${name}`);
    const id = (await listAccessRequests(client.db, workspaceId))[0]?.id ?? "";
    await declineAccess(client.db, owner.userId, { workspaceId, id });
    expect(await roleOf(stranger)).toBeNull();
    await ask(`/${name}`);
    expect(await listAccessRequests(client.db, workspaceId)).toHaveLength(1);
  });

  it("is decided by its own workspace only", async () => {
    await ask(`/${name}`);
    const id = (await listAccessRequests(client.db, workspaceId))[0]?.id ?? "";
    const other = await createWorkspace(client.db, stranger.userId, { name: `o-${randomText(6)}` });
    const steal = { workspaceId: other.id, id, role: "owner" as const };
    await expect(grantAccess(client.db, stranger.userId, steal)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await client.db.select().from(workspaces).where(eq(workspaces.name, name))).toHaveLength(1);
    expect(await roleOf(stranger)).toBeNull();
  });
});
