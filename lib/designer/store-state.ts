import { and, desc, eq, sql } from "drizzle-orm";
import * as Y from "yjs";
import type { Queryable } from "#db/client.ts";
import { drafts, draftVersions } from "#db/schema/index.ts";
import { publish } from "#lib/live/outbox.ts";
import type { Services } from "#lib/services/services.ts";
import { renderText } from "./document/render-text.ts";
import { documentMap, readMap } from "./document/y-document.ts";
import { readFacts, referencesOf } from "./draft-facts.ts";

export const draftChannel = "atelier_drafts";

/** Saves within this time are one version, unless somebody joins who did not edit meanwhile. */
const versionMs = 60_000;

export interface Save {
  draftId: string;
  ydoc: Y.Doc;
  /** Of the row that the document was read from, or last written to. */
  knownRevision: number;
  /** Everybody who edited since the last save, the last of them at the end. */
  authorIds: readonly string[];
  /** Gives the save a version of its own. */
  note?: string;
  /** The process that writes; others fetch what it wrote. */
  origin: string;
}

/**
 * Writes a document and its text. What another process stored meanwhile is merged into the document first, so that
 * nothing is lost whoever comes last. Null when the draft was deleted.
 */
export async function storeState(services: Pick<Services, "db">, save: Save): Promise<number | null> {
  const { draftId, ydoc, authorIds, note = "" } = save;
  const authorId = authorIds.at(-1) ?? null;
  return services.db.transaction(async (tx) => {
    const [row] = await tx.select().from(drafts).where(eq(drafts.id, draftId)).for("update");
    if (!row) return null;
    if (row.revision !== save.knownRevision) {
      Y.applyUpdate(ydoc, row.state, { source: "local", skipStoreHooks: true });
    }
    const text = renderText(ydoc);
    const state = Y.encodeStateAsUpdate(ydoc);
    const facts = readFacts(readMap(documentMap(ydoc), []));
    const revision = row.revision + 1;
    const changed = text !== row.text || note !== "";
    const set = { state, revision };
    if (!changed) {
      await tx.update(drafts).set(set).where(eq(drafts.id, draftId));
      return revision;
    }
    const last = note === "" ? await findOpenVersion(tx, draftId, authorIds) : null;
    const { nodeCount } = facts;
    const number = last ? last.number : row.version + 1;
    if (last) {
      const all = [...new Set([...last.authorIds, ...authorIds])];
      await tx
        .update(draftVersions)
        .set({ text, nodeCount, authorId, authorIds: all, at: sql`now()` })
        .where(and(eq(draftVersions.draftId, draftId), eq(draftVersions.number, number)));
    } else {
      const made = { draftId, number, text, nodeCount, authorId, authorIds: [...authorIds], note };
      await tx.insert(draftVersions).values(made);
    }
    const name = facts.displayName.slice(0, 255) || row.name;
    await tx
      .update(drafts)
      .set({
        ...set,
        text,
        name,
        nodeCount,
        version: number,
        references: referencesOf(facts),
        updatedBy: authorId,
        updatedAt: sql`now()`,
      })
      .where(eq(drafts.id, draftId));
    const data = { version: number, name };
    await publish(tx, { workspaceId: row.workspaceId, kind: "draft", name: draftId, event: "saved", data });
    await tx.execute(sql`select pg_notify(${draftChannel}, ${JSON.stringify([draftId, save.origin])})`);
    return revision;
  });
}

/**
 * The newest version, when a save by these people still belongs to it. Who did not edit lately starts a version of their
 * own, so that what was there before them can be restored; people who edit at the same time share one.
 */
async function findOpenVersion(tx: Queryable, draftId: string, authorIds: readonly string[]) {
  const recent = await tx
    .select()
    .from(draftVersions)
    .where(
      and(
        eq(draftVersions.draftId, draftId),
        sql`${draftVersions.at} > now() - make_interval(secs => ${versionMs / 1000})`,
      ),
    )
    .orderBy(desc(draftVersions.number));
  const [last] = recent;
  if (last?.note !== "" || Date.now() - last.startedAt.getTime() >= versionMs) return null;
  const active = new Set(recent.flatMap((version) => version.authorIds));
  return authorIds.every((id) => active.has(id)) ? last : null;
}
