import type { Queryable } from "#db/client.ts";
import { teams, users, workspaceMembers, workspaces } from "#db/schema/index.ts";
import { newId, randomText } from "#lib/core/ids.ts";

export interface TestWorkspace {
  id: string;
  name: string;
  userId: string;
}

/** A workspace with one owner, for tests that need somewhere to put things. */
export async function createTestWorkspace(db: Queryable): Promise<TestWorkspace> {
  const [id, userId, teamId] = [newId("ws"), newId("usr"), newId("team")];
  const name = `w-${randomText(8)}`;
  await db.insert(users).values({ id: userId, email: `${name}@example.com`, name: "Ada" });
  await db.insert(teams).values({ id: teamId, name: `Team of ${name}` });
  await db.insert(workspaces).values({ id, teamId, name, displayName: name, createdBy: userId });
  await db.insert(workspaceMembers).values({ workspaceId: id, userId, role: "owner" });
  return { id, name, userId };
}
