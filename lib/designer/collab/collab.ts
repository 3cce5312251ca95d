import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Document, Hocuspocus } from "@hocuspocus/server";
import { eq } from "drizzle-orm";
import type { WebSocket } from "ws";
import * as Y from "yjs";
import { drafts } from "#db/schema/index.ts";
import type { Credentials } from "#lib/auth/authenticate.ts";
import { isAppError, messageOf, notFound } from "#lib/core/errors.ts";
import { perServices } from "#lib/services/per-services.ts";
import type { Services } from "#lib/services/services.ts";
import { openDocument } from "../document/open-document.ts";
import { renderText } from "../document/render-text.ts";
import type { PipelineDocument } from "../document/types.ts";
import { mapOf } from "../document/values.ts";
import { documentMap, metaMap, readMap } from "../document/y-document.ts";
import { defaultComputeOf, prewarm } from "../previews/prewarm.ts";
import { draftChannel, storeState } from "../store-state.ts";
import { documentName, findDraftAccess, parseDocumentName } from "./access.ts";
import { accessMs, maxPresenceCharacters, maxStateBytes, storeAtLatestMs, storeDelayMs } from "./limits.ts";

/** What the server knows of a connection. */
interface Member {
  credentials: Credentials;
  userId: string;
  userName: string;
  /** Gives what is saved next a version of its own. */
  note?: string;
  askedAt: number;
}

/** Refuses without a word in the console; the client is told the reason. */
class Refusal {
  readonly code: number;
  readonly reason: string;

  constructor(reason: string, code = 4403) {
    this.reason = reason;
    this.code = code;
  }
}

export interface DraftEdit {
  workspace: string;
  draftId: string;
  userId: string;
  note?: string | undefined;
}

/** Shared editing of drafts in this process. */
export interface Collab {
  /** Takes over a connection of somebody who edits. */
  connect(socket: WebSocket, request: IncomingMessage): void;
  /** Changes a draft for an operation of the API; who has it open sees the change come. Stored when it resolves. */
  edit<T>(edit: DraftEdit, change: (document: PipelineDocument) => T): Promise<T>;
  /** Stores what is not stored yet. */
  flush(): Promise<void>;
  /** Sends away who has a draft open that is gone. */
  drop(workspace: string, draftId: string): void;
  close(): Promise<void>;
}

function createCollab(services: Services): Collab {
  const origin = randomUUID();
  const revisions = new WeakMap<Document, number>();
  const sizes = new WeakMap<Document, number>();
  /** Who edited since the document was last stored; the last one at the end. */
  const editors = new WeakMap<Document, Set<string>>();
  let listening: Promise<{ unlisten(): Promise<void> }> | null = null;

  async function load(document: Document): Promise<void> {
    const { draftId } = parseDocumentName(document.name);
    listening ??= services.sql.listen(draftChannel, (payload) => void onStored(payload));
    await listening;
    const [row] = await services.db.select().from(drafts).where(eq(drafts.id, draftId));
    if (!row) throw new Refusal("This draft was deleted.");
    Y.applyUpdate(document, row.state);
    revisions.set(document, row.revision);
    sizes.set(document, row.state.byteLength);
    // From now on new keys keep the places that they were written at, whoever wrote them.
    const text = renderText(document);
    const settings = mapOf(readMap(documentMap(document), []).settings);
    prewarm(services.db, row.workspaceId, defaultComputeOf(settings)).catch((error: unknown) =>
      services.logger.warn(`no worker is made warm for ${draftId}: ${messageOf(error)}`),
    );
    if (metaMap(document).get("template") !== text) metaMap(document).set("template", text);
  }

  function noteEditor(document: Document, userId: string | undefined): void {
    if (!userId) return;
    const known = editors.get(document) ?? new Set();
    known.delete(userId);
    editors.set(document, known.add(userId));
  }

  async function store(document: Document, member: Partial<Member>): Promise<void> {
    const { draftId } = parseDocumentName(document.name);
    const authors = editors.get(document) ?? new Set<string>();
    editors.delete(document);
    let revision: number | null;
    try {
      revision = await storeState(services, {
        draftId,
        ydoc: document,
        knownRevision: revisions.get(document) ?? 0,
        authorIds: [...authors],
        ...(member.note === undefined ? {} : { note: member.note }),
        origin,
      });
    } catch (error) {
      // Who edited while this was tried comes after those.
      const later = editors.get(document) ?? [];
      editors.set(document, new Set([...authors, ...later]));
      throw error;
    }
    if (revision === null) return hocuspocus.closeConnections(document.name);
    revisions.set(document, revision);
    sizes.set(document, Y.encodeStateAsUpdate(document).byteLength);
  }

  /** Another process stored a draft that is open here as well. */
  async function onStored(payload: string): Promise<void> {
    const [draftId, by] = JSON.parse(payload) as [string, string];
    if (by === origin) return;
    const open = [...hocuspocus.documents.values()].filter((document) =>
      document.name.endsWith(`/${draftId}`),
    );
    if (open.length === 0) return;
    const [row] = await services.db.select().from(drafts).where(eq(drafts.id, draftId));
    for (const document of row ? open : []) {
      if (!row) continue;
      Y.applyUpdate(document, row.state, { source: "local", skipStoreHooks: true });
      revisions.set(document, row.revision);
    }
  }

  async function ask(member: Member, name: string) {
    try {
      const access = await findDraftAccess(services, member.credentials, name);
      member.userId = access.userId;
      member.userName = access.userName;
      member.askedAt = Date.now();
      return access;
    } catch (error) {
      if (isAppError(error)) throw new Refusal(error.userMessage);
      throw error;
    }
  }

  const hocuspocus = new Hocuspocus<Member>({
    quiet: true,
    debounce: storeDelayMs,
    maxDebounce: storeAtLatestMs,
    maxUnauthenticatedQueueSize: 1024 * 1024,
    maxPendingDocuments: 4,
    async onAuthenticate({ context, token, documentName: name, connectionConfig }) {
      const { authorization, cookie } = context.credentials;
      // A page signs in by its cookie; a program may bring a token with its first message instead.
      if (!authorization && !cookie) context.credentials.authorization = `Bearer ${token}`;
      const access = await ask(context, name);
      connectionConfig.readOnly = access.readOnly;
      return { userId: access.userId, userName: access.userName, askedAt: context.askedAt };
    },
    async beforeHandleMessage({ context, connection, document, documentName: name }) {
      try {
        if ((sizes.get(document as Document) ?? 0) > maxStateBytes)
          throw new Refusal("This draft is too large to be edited.");
        if (Date.now() - context.askedAt < accessMs) return;
        connection.readOnly = (await ask(context, name)).readOnly;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // The message that is being handled must not be applied any more.
        connection.readOnly = true;
        connection.close({ code: error.code, reason: error.reason });
      }
    },
    async beforeHandleAwareness({ context, states }) {
      for (const state of states.values()) {
        if (JSON.stringify(state).length > maxPresenceCharacters) throw new Refusal("Too much presence.");
        // Nobody speaks in another's name.
        if (context && state.user) {
          state.user = { ...state.user, id: context.userId, name: context.userName };
        }
      }
    },
    onLoadDocument: ({ document }) => load(document as Document),
    async onChange({ connection, context, document }) {
      // An operation of the API says itself who edits.
      if (connection) noteEditor(document as Document, context.userId);
    },
    async onStoreDocument(payload) {
      const document = payload.document as Document;
      try {
        await store(document, payload.lastContext ?? {});
      } catch (error) {
        // It stays in memory and is tried again, so that nothing is lost while the database is away.
        services.logger.warn({ err: error, draft: document.name }, `draft not stored: ${messageOf(error)}`);
        void hocuspocus.storeDocumentHooks(document, payload);
      }
    },
  });

  return {
    connect(socket, request) {
      const { authorization, cookie } = request.headers;
      const member: Member = {
        credentials: { ...(authorization ? { authorization } : {}), ...(cookie ? { cookie } : {}) },
        userId: "",
        userName: "",
        askedAt: 0,
      };
      const url = new URL(request.url ?? "/", "http://localhost");
      const client = hocuspocus.handleConnection(socket, new Request(url), member);
      socket.binaryType = "nodebuffer";
      socket.on("message", (data: Buffer) => client.handleMessage(new Uint8Array(data)));
      socket.on("close", (code, reason) => client.handleClose({ code, reason: reason.toString() }));
      socket.on("error", (error) => services.logger.debug(`collab: ${messageOf(error)}`));
    },
    async edit({ workspace, draftId, userId, note }, change) {
      const context = { userId, ...(note === undefined ? {} : { note }) } as Member;
      const direct = await hocuspocus.openDirectConnection(documentName({ workspace, draftId }), context);
      try {
        const document = direct.document;
        if (!document) throw notFound("This draft");
        const pipeline = openDocument(document);
        try {
          const result = change(pipeline);
          noteEditor(document, userId);
          await document.saveMutex.runExclusive(() => store(document, context));
          return result;
        } finally {
          pipeline.close();
        }
      } finally {
        // Stored above; this only lets go of the document, and must not make another version of the note.
        direct.context = { userId } as Member;
        await direct.disconnect();
      }
    },
    async flush() {
      const stored = [...hocuspocus.documents.values()].map(async (document) => {
        await hocuspocus.debouncer.executeNow(`onStoreDocument-${document.name}`);
        await document.saveMutex.waitForUnlock();
      });
      await Promise.all(stored);
    },
    drop(workspace, draftId) {
      hocuspocus.closeConnections(documentName({ workspace, draftId }));
    },
    async close() {
      await this.flush();
      hocuspocus.closeConnections();
      const listener = await listening?.catch(() => null);
      await listener?.unlisten().catch(() => {});
    },
  };
}

/** The shared editing of this process. */
export const getCollab = perServices("collab", createCollab);
