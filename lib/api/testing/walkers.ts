import { createHash } from "node:crypto";
import { apiTokens, users, workspaceMembers } from "#db/schema/index.ts";
import type { Access, WorkspaceRole } from "#lib/auth/access.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { createToken } from "#lib/auth/tokens.ts";
import { newId, randomText } from "#lib/core/ids.ts";
import type { Services } from "#lib/services/services.ts";
import { createWorkspace } from "#lib/workspaces/commands.ts";

/** Who walks: nobody, people by their role, and tokens that reach less far than their owner. */
export const walkers = [
  "anonymous",
  "revoked",
  "outsider",
  "reader",
  "contributor",
  /** The owner's token of another workspace. */
  "elsewhere",
  /** The token of a run in this workspace, started by its owner. */
  "run",
  /** Last, since what an owner may do can end the workspace. */
  "owner",
] as const;
export type Walker = (typeof walkers)[number];

const roles: WorkspaceRole[] = ["reader", "contributor", "owner"];

/** What a walker must meet. `through` is neither 401 nor 403, nor the 404 of a workspace that may not be seen. */
export type Meeting = "401" | "403" | "hidden" | "through";

export function expectedMeeting(access: Access, walker: Walker): Meeting {
  // A token that does not work is refused even where none is needed.
  if (walker === "revoked") return "401";
  if (access === "public") return "through";
  if (walker === "anonymous") return "401";
  if (access === "user") return "through";
  const confined = walker === "elsewhere" || walker === "run";
  if (access === "person") return confined ? "403" : "through";
  if (access === "admin") return "403";
  if (walker === "outsider" || walker === "elsewhere") return "hidden";
  const role: WorkspaceRole = walker === "run" ? "contributor" : walker;
  return roles.indexOf(role) >= roles.indexOf(access) ? "through" : "403";
}

export interface WalkedWorkspace {
  name: string;
  /** Authorization header by walker. */
  headers: Record<Walker, Record<string, string>>;
}

export interface Ground {
  /** A workspace of its own for one operation, so that none finds what another left. */
  open(): Promise<WalkedWorkspace>;
}

/** Makes the people once, and workspaces as they are asked for. */
export async function prepareGround({ db }: Services): Promise<Ground> {
  const passwordHash = await hashPassword("the right one");
  const people = { outsider: "", reader: "", contributor: "", owner: "" };
  const tokens: Partial<Record<Walker, string>> = {};
  for (const key of ["outsider", ...roles] as (keyof typeof people)[]) {
    const userId = newId("usr");
    const email = key === "outsider" ? "walker@bank.example" : `${key}@bank.example`;
    await db.insert(users).values({ id: userId, email, name: key, passwordHash });
    people[key] = userId;
    tokens[key] = (await createToken(db, { userId, name: key })).token;
  }
  const revoked = `atl_${randomText(40)}`;
  await db.insert(apiTokens).values({
    id: newId("tok"),
    userId: people.owner,
    name: "revoked",
    tokenHash: createHash("sha256").update(revoked).digest("hex"),
    revokedAt: new Date(),
  });
  const elsewhere = await createWorkspace(db, people.owner, { name: "walk-elsewhere" });
  tokens.elsewhere = (
    await createToken(db, { userId: people.owner, name: "elsewhere", workspaceId: elsewhere.id })
  ).token;

  return {
    async open() {
      const name = `walk-${randomText(8)}`;
      const { id: workspaceId } = await createWorkspace(db, people.owner, { name });
      for (const role of ["reader", "contributor"] as const) {
        await db.insert(workspaceMembers).values({ workspaceId, userId: people[role], role });
      }
      const ofRun = { userId: people.owner, name: "run", workspaceId, runId: newId("run") };
      const run = (await createToken(db, ofRun)).token;
      const all: Partial<Record<Walker, string>> = { ...tokens, revoked, run };
      const headers = Object.fromEntries(
        walkers.map((walker) => {
          const token = all[walker];
          return [walker, token ? { authorization: `Bearer ${token}` } : {}];
        }),
      ) as WalkedWorkspace["headers"];
      return { name, headers };
    },
  };
}
