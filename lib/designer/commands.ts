import { and, eq, sql } from "drizzle-orm";
import * as Y from "yjs";
import type { Queryable } from "#db/client.ts";
import { draftSubmits, drafts, draftVersions } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { invalid, notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { DocumentError } from "./document/errors.ts";
import { createDocumentState, openDocument } from "./document/open-document.ts";
import { readText } from "./document/read-text.ts";
import type { JsonMap } from "./document/types.ts";
import { readFacts, referencesOf } from "./draft-facts.ts";
import type { SubmitMemory } from "./model.ts";

export const emptyPipeline = "type: pipeline\njobs: {}\n";

/** The text with another name in it; what else it holds stays to the byte. */
export function withName(text: string, name: string): string {
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, createDocumentState(text));
  const document = openDocument(ydoc);
  document.setPipeline({ display_name: name });
  const renamed = document.getText();
  document.close();
  ydoc.destroy();
  return renamed;
}

/** Throws `VALIDATION_FAILED` with the line for text that is no pipeline. */
export function readPipeline(text: string): JsonMap {
  try {
    const { value } = readText(text);
    if (value.type !== undefined && value.type !== "pipeline")
      throw new DocumentError(`This is a ${String(value.type)} job. A draft holds a job of type pipeline.`);
    return value;
  } catch (error) {
    if (error instanceof DocumentError) throw invalid("text", error.message);
    throw error;
  }
}

export interface NewDraft {
  workspaceId: string;
  userId: string;
  text: string;
  /** Written into the text when it differs from its `display_name`. */
  name?: string | undefined;
  /** Of the first version. */
  note: string;
}

/** Makes a draft with its first version; its id. */
export async function createDraft(tx: Queryable, given: NewDraft): Promise<string> {
  const { workspaceId, userId, note } = given;
  const found = readFacts(readPipeline(given.text)).displayName;
  const name = (given.name ?? found) || defaultDraftName();
  const text = given.name === undefined || name === found ? given.text : withName(given.text, name);
  const facts = readFacts(readPipeline(text));
  const id = newId("dft");
  await tx.insert(drafts).values({
    id,
    workspaceId,
    name,
    text,
    state: createDocumentState(text),
    nodeCount: facts.nodeCount,
    references: referencesOf(facts),
    createdBy: userId,
    updatedBy: userId,
  });
  const { nodeCount } = facts;
  const first = { draftId: id, number: 1, text, nodeCount, authorId: userId, authorIds: [userId], note };
  await tx.insert(draftVersions).values(first);
  await recordActivity(tx, { workspaceId, userId, verb: "created", kind: "draft", name: id, data: { name } });
  await publish(tx, { workspaceId, kind: "draft", name: id, event: "created" });
  return id;
}

/** For a draft that nobody has named yet. */
export function defaultDraftName(): string {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  return `Pipeline of ${day.format(new Date())}`;
}

export async function describeDraft(tx: Queryable, id: string, description: string): Promise<void> {
  await tx.update(drafts).set({ description, updatedAt: new Date() }).where(eq(drafts.id, id));
}

export async function deleteDraft(
  tx: Queryable,
  workspaceId: string,
  id: string,
  userId: string,
): Promise<void> {
  const [row] = await tx
    .delete(drafts)
    .where(and(eq(drafts.workspaceId, workspaceId), eq(drafts.id, id)))
    .returning({ name: drafts.name });
  if (!row) throw notFound("This draft");
  const data = { name: row.name };
  await recordActivity(tx, { workspaceId, userId, verb: "deleted", kind: "draft", name: id, data });
  await publish(tx, { workspaceId, kind: "draft", name: id, event: "deleted" });
}

/** Keeps what a person filled in, and the run that came of it. */
export async function rememberSubmit(
  tx: Queryable,
  draftId: string,
  userId: string,
  memory: SubmitMemory,
  run: string | undefined,
): Promise<void> {
  const kept = { ...memory, ...(run === undefined ? {} : { run }) };
  const earlierRun = sql`jsonb_strip_nulls(jsonb_build_object('run', ${draftSubmits.memory}->'run'))`;
  await tx
    .insert(draftSubmits)
    .values({ draftId, userId, memory: kept })
    .onConflictDoUpdate({
      target: [draftSubmits.draftId, draftSubmits.userId],
      set: { memory: sql`${earlierRun} || ${JSON.stringify(kept)}::jsonb`, updatedAt: new Date() },
    });
}
