import { and, asc, count, desc, eq, isNotNull, isNull, notInArray } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { endpoints, runs, teams, workspaceMembers, workspaces } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { seedComputeTargets } from "#lib/computes/seed.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { defaultExperimentName, getOrCreateExperiment } from "#lib/tracking/experiments.ts";

export interface NewWorkspace {
  name: string;
  displayName?: string | undefined;
  description?: string | undefined;
  team?: string | undefined;
}

const firstTeamName = "Main team";

/** The team of this name, made when there is none; without a name, the oldest one. */
async function ensureTeam(tx: Queryable, name: string | undefined): Promise<string> {
  const wanted = name ? eq(teams.name, name) : undefined;
  const find = () => tx.select().from(teams).where(wanted).orderBy(asc(teams.createdAt)).limit(1);
  const [found] = await find();
  if (found) return found.id;
  await tx
    .insert(teams)
    .values({ id: newId("team"), name: name ?? firstTeamName })
    .onConflictDoNothing();
  const [made] = await find();
  if (!made) throw new Error("the team that was just made is gone");
  return made.id;
}

/** Makes a workspace with what every one needs; its maker becomes the owner. A name that is taken is a `CONFLICT`. */
export async function createWorkspace(
  db: Queryable,
  userId: string,
  input: NewWorkspace,
): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    const teamId = await ensureTeam(tx, input.team);
    const [created] = await tx
      .insert(workspaces)
      .values({
        id: newId("ws"),
        teamId,
        name: input.name,
        displayName: input.displayName ?? input.name,
        description: input.description ?? "",
        createdBy: userId,
      })
      .onConflictDoNothing()
      .returning({ id: workspaces.id });
    if (!created) {
      throw new AppError("CONFLICT", {
        userMessage: `The name “${input.name}” is taken. Choose another for the address.`,
        issues: [{ path: "name", message: "is taken" }],
      });
    }
    const workspaceId = created.id;
    await tx.insert(workspaceMembers).values({ workspaceId, userId, role: "owner" });
    await getOrCreateExperiment(tx, workspaceId, defaultExperimentName);
    await seedComputeTargets(tx, workspaceId);
    await recordActivity(tx, { workspaceId, userId, verb: "created", kind: "workspace", name: input.name });
    await publish(tx, { workspaceId, kind: "workspace", name: input.name, event: "created" });
    return created;
  });
}

export interface WorkspaceChanges {
  displayName?: string | undefined;
  description?: string | undefined;
}

export async function updateWorkspace(
  db: Queryable,
  userId: string,
  workspaceId: string,
  changes: WorkspaceChanges,
): Promise<void> {
  await db.transaction(async (tx) => {
    const set = {
      ...(changes.displayName === undefined ? {} : { displayName: changes.displayName }),
      ...(changes.description === undefined ? {} : { description: changes.description }),
    };
    if (Object.keys(set).length === 0) return;
    const [row] = await tx
      .update(workspaces)
      .set(set)
      .where(eq(workspaces.id, workspaceId))
      .returning({ name: workspaces.name });
    if (!row) throw notFound("This workspace");
    const change = { workspaceId, kind: "workspace", name: row.name };
    await recordActivity(tx, { ...change, userId, verb: "changed", data: set });
    await publish(tx, { ...change, event: "updated" });
  });
}

const closedStatuses = ["Completed", "Failed", "Canceled"];

/** Puts a workspace away. One with endpoints or open runs is not, since those would go on unseen: `CONFLICT`. */
export async function archiveWorkspace(db: Queryable, userId: string, workspaceId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
    if (!row) throw notFound("This workspace");
    const [open] = await tx
      .select({ count: count() })
      .from(runs)
      .where(
        and(
          eq(runs.workspaceId, workspaceId),
          eq(runs.origin, "studio"),
          notInArray(runs.status, closedStatuses),
        ),
      );
    const [served] = await tx
      .select({ count: count() })
      .from(endpoints)
      .where(eq(endpoints.workspaceId, workspaceId));
    if (open?.count || served?.count) {
      const parts = [
        ...(served?.count ? [`${served.count} ${served.count === 1 ? "endpoint" : "endpoints"}`] : []),
        ...(open?.count ? [`${open.count} open ${open.count === 1 ? "run" : "runs"}`] : []),
      ];
      throw new AppError("CONFLICT", {
        userMessage: `${row.displayName} still has ${parts.join(" and ")}. Delete the endpoints and cancel the runs first.`,
      });
    }
    await tx.update(workspaces).set({ archivedAt: new Date() }).where(eq(workspaces.id, workspaceId));
    const change = { workspaceId, kind: "workspace", name: row.name };
    await recordActivity(tx, { ...change, userId, verb: "archived" });
    await publish(tx, { ...change, event: "archived" });
  });
}

/**
 * Brings back an archived workspace that the person owns, under the name `as`; of several of one name the last that was
 * put away. To anybody else it is not there. A name that another one has by now is a `CONFLICT`.
 */
export async function restoreWorkspace(
  db: Queryable,
  userId: string,
  name: string,
  as = name,
): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: workspaces.id })
      .from(workspaces)
      .innerJoin(workspaceMembers, eq(workspaceMembers.workspaceId, workspaces.id))
      .where(
        and(
          eq(workspaces.name, name),
          isNotNull(workspaces.archivedAt),
          eq(workspaceMembers.userId, userId),
          eq(workspaceMembers.role, "owner"),
        ),
      )
      .orderBy(desc(workspaces.archivedAt))
      .limit(1);
    if (!row) throw notFound(`Workspace “${name}”`);
    if (await isTaken(tx, as)) {
      throw new AppError("CONFLICT", {
        userMessage: `Another workspace has the name “${as}” by now. Bring this one back under a new name.`,
        issues: [{ path: "as", message: "is taken", value: as }],
      });
    }
    await tx.update(workspaces).set({ name: as, archivedAt: null }).where(eq(workspaces.id, row.id));
    const change = { workspaceId: row.id, kind: "workspace", name: as };
    await recordActivity(tx, { ...change, userId, verb: "restored" });
    await publish(tx, { ...change, event: "restored" });
    return row;
  });
}

async function isTaken(tx: Queryable, name: string): Promise<boolean> {
  return (await tx.$count(workspaces, and(eq(workspaces.name, name), isNull(workspaces.archivedAt)))) > 0;
}
