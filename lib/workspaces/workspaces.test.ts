import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { computeTargets, endpoints, experiments, users } from "#db/schema/index.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { archiveWorkspace, createWorkspace, restoreWorkspace, updateWorkspace } from "./commands.ts";
import { suggestWorkspaceName, workspaceName } from "./model.ts";
import { getWorkspace, listMyWorkspaces } from "./queries.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
const owner: Principal = { userId: "usr_o", email: "o@b.example", name: "O", isAdmin: false, via: "session" };
const other: Principal = { ...owner, userId: "usr_p", email: "p@b.example", name: "P" };

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  for (const { userId, email, name } of [owner, other]) {
    await client.db.insert(users).values({ id: userId, email, name });
  }
});

afterAll(async () => {
  await client.close();
  await drop();
});

describe("a workspace's name", () => {
  it("is short, plain and none of the studio's own addresses", () => {
    for (const good of ["fares", "growth-analytics", "7b", "a".repeat(40)]) {
      expect(workspaceName.safeParse(good).success, good).toBe(true);
    }
    for (const bad of ["a", "Fares", "-a", "a-", "a b", "a_b", "a".repeat(41), "api", "mlflow", "sign-in"]) {
      expect(workspaceName.safeParse(bad).success, bad).toBe(false);
    }
  });

  it("is suggested from words", () => {
    expect(suggestWorkspaceName("  Growth & Änalytics (2026)! ")).toBe("growth-analytics-2026");
    expect(suggestWorkspaceName("!!!")).toBe("");
  });
});

describe("a workspace", () => {
  it("belongs to who made it and to a team, and its name to nobody else", async () => {
    const { id } = await createWorkspace(client.db, owner.userId, { name: "fares", team: "Data team" });
    expect(await getWorkspace(client.db, id, "owner")).toMatchObject({
      name: "fares",
      displayName: "fares",
      teamName: "Data team",
      memberCount: 1,
      createdBy: "O",
    });
    const targets = await client.db.select().from(computeTargets).where(eq(computeTargets.workspaceId, id));
    expect(targets.map(({ name }) => name).sort()).toEqual(["docker", "local"]);
    const groups = await client.db.select().from(experiments).where(eq(experiments.workspaceId, id));
    expect(groups.map(({ number, name }) => `${number} ${name}`)).toEqual(["0 Default"]);
    await expect(createWorkspace(client.db, other.userId, { name: "fares" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await listMyWorkspaces(client.db, other)).toEqual([]);
    await updateWorkspace(client.db, owner.userId, id, { displayName: "Taxi fares" });
    expect((await listMyWorkspaces(client.db, owner)).map((one) => one.displayName)).toEqual(["Taxi fares"]);
  });

  it("is archived when nothing runs in it, seen by nobody, and restored by its owner only", async () => {
    const { id } = await createWorkspace(client.db, owner.userId, { name: "old" });
    const endpoint = { primaryKeyHash: "a", secondaryKeyHash: "b" };
    await client.db.insert(endpoints).values({ id: "ep_1", workspaceId: id, name: "served", ...endpoint });
    await expect(archiveWorkspace(client.db, owner.userId, id)).rejects.toMatchObject({
      code: "CONFLICT",
      userMessage: "old still has 1 endpoint. Delete the endpoints and cancel the runs first.",
    });
    await client.db.delete(endpoints);
    await archiveWorkspace(client.db, owner.userId, id);
    expect(await findWorkspaceAccess(client.db, owner, "old")).toBeNull();
    await expect(restoreWorkspace(client.db, other.userId, "old")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await restoreWorkspace(client.db, owner.userId, "old");
    expect((await findWorkspaceAccess(client.db, owner, "old"))?.role).toBe("owner");
  });

  it("leaves its name to others when it is put away, and comes back under another where that is taken", async () => {
    const make = (userId: string) => createWorkspace(client.db, userId, { name: "again" });
    const first = await make(owner.userId);
    await archiveWorkspace(client.db, owner.userId, first.id);
    const second = await make(other.userId);
    await expect(make(owner.userId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(restoreWorkspace(client.db, owner.userId, "again")).rejects.toMatchObject({
      code: "CONFLICT",
      userMessage: "Another workspace has the name “again” by now. Bring this one back under a new name.",
    });
    expect(await restoreWorkspace(client.db, owner.userId, "again", "again-2")).toEqual({ id: first.id });
    expect((await findWorkspaceAccess(client.db, owner, "again-2"))?.role).toBe("owner");
    expect((await findWorkspaceAccess(client.db, other, "again"))?.id).toBe(second.id);
  });
});
