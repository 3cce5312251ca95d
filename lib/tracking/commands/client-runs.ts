import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runEvents, runs } from "#db/schema/index.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { newId, newRunName } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { isTerminal, type RunStatus } from "#lib/spec/statuses.ts";
import type { Experiment } from "../experiments.ts";
import { findRunByName, type Run } from "../queries/runs.ts";
import { parentTag, userTag } from "../tags.ts";
import { setTags, type Tag } from "./set-tags.ts";

export interface NewClientRun {
  experiment: Experiment;
  displayName?: string | undefined;
  userName: string;
  createdBy: string;
  /** UTC milliseconds; now unless told. */
  startedAt?: number | undefined;
  tags: Tag[];
}

/** Makes a run that a client executes by itself and reports. Call it inside a transaction. */
export async function createClientRun(tx: Queryable, input: NewClientRun): Promise<Run> {
  const { workspaceId, number, deletedAt, name: experimentName } = input.experiment;
  if (deletedAt) {
    throw invalid(
      "experiment_id",
      `The experiment ${experimentName} must be in the 'active' state. Current state is deleted. Restore it first.`,
    );
  }
  const tag = (key: string) => input.tags.find((entry) => entry.key === key)?.value;
  const named = tag("mlflow.runName");
  if (input.displayName && named && input.displayName !== named) {
    throw invalid(
      "run_name",
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${input.displayName}', mlflow.runName='${named}').`,
    );
  }
  const id = newId("run");
  const name = newRunName();
  const parentName = tag(parentTag);
  const parent = parentName ? await findRunByName(tx, workspaceId, parentName) : null;
  const startedAt = new Date(input.startedAt ?? Date.now());
  const [run] = await tx
    .insert(runs)
    .values({
      id,
      workspaceId,
      name,
      displayName: input.displayName || named || name.split("_").slice(0, 2).join("-"),
      experimentNumber: number,
      type: "mlflow",
      status: "Running" satisfies RunStatus,
      origin: "mlflow",
      parentRunId: parent?.id ?? null,
      rootRunId: parent?.rootRunId ?? id,
      userName: input.userName || tag(userTag) || "",
      createdBy: input.createdBy,
      // A client may report what happened earlier; lists are in the order of what happened.
      createdAt: startedAt,
      startedAt,
    })
    .returning();
  if (!run) throw new Error(`run ${name} was not made`);
  const others = input.tags.filter(({ key }) => key !== "mlflow.runName");
  await setTags(tx, run, others);
  await tx.insert(runEvents).values({ runId: id, event: "Running", reason: "Started by an MLflow client" });
  await publish(tx, { workspaceId, kind: "run", name, event: "created" });
  return run;
}

export interface ClientRunChange {
  status?: RunStatus | undefined;
  /** UTC milliseconds. */
  endedAt?: number | undefined;
  displayName?: string | undefined;
}

/**
 * What a client says of a run. The status of a run that the studio executes is the runner's business: there a client's
 * word is noted at most, since its process is still going.
 */
export async function updateClientRun(tx: Queryable, run: Run, change: ClientRunChange): Promise<Run> {
  const { workspaceId, name } = run;
  const renamed = change.displayName ? { displayName: change.displayName } : {};
  const moved = run.origin === "mlflow" ? timesOf(run, change) : {};
  if (run.origin === "studio" && (change.status === "Failed" || change.status === "Canceled")) {
    await tx.insert(runEvents).values({
      runId: run.id,
      event: "note",
      reason: `The script reported ${change.status === "Failed" ? "a failure" : "that it was stopped"}`,
      data: { by: "mlflow" },
    });
  }
  const [updated] = await tx
    .update(runs)
    .set({ ...renamed, ...moved, updatedAt: new Date() })
    .where(eq(runs.id, run.id))
    .returning();
  if (!updated) throw new Error(`run ${name} is gone`);
  if (updated.status !== run.status) {
    await tx.insert(runEvents).values({ runId: run.id, event: updated.status });
    await publish(tx, { workspaceId, kind: "run", name, event: "status", data: { status: updated.status } });
  } else {
    await publish(tx, { workspaceId, kind: "run", name, event: "updated" });
  }
  return updated;
}

function timesOf(run: Run, { status, endedAt }: ClientRunChange): Partial<Run> {
  const end = endedAt === undefined ? undefined : new Date(endedAt);
  if (status === undefined) return end ? { endedAt: end } : {};
  if (isTerminal(status)) return { status, endedAt: end ?? new Date() };
  // A client that resumes a run reports it as running again.
  return { status, endedAt: null, startedAt: run.startedAt ?? new Date() };
}

/** Hides a run; `restoreRun` brings it back. One that the studio still executes must end first. */
export async function deleteRun(tx: Queryable, run: Run): Promise<void> {
  if (run.origin === "studio" && !isTerminal(run.status)) {
    throw new AppError("CONFLICT", {
      userMessage: `${run.displayName} did not end yet. Cancel it first.`,
    });
  }
  await setDeletedAt(tx, run, new Date());
}

export async function restoreRun(tx: Queryable, run: Run): Promise<void> {
  await setDeletedAt(tx, run, null);
}

async function setDeletedAt(tx: Queryable, run: Run, deletedAt: Date | null): Promise<void> {
  await tx.update(runs).set({ deletedAt, updatedAt: new Date() }).where(eq(runs.id, run.id));
  const { workspaceId, name } = run;
  await publish(tx, { workspaceId, kind: "run", name, event: deletedAt ? "deleted" : "updated" });
}
