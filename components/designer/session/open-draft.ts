import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import * as Y from "yjs";
import { openDocument } from "#lib/designer/document/open-document.ts";
import type { PipelineDocument } from "#lib/designer/document/types.ts";

export type Connection = "connecting" | "saved" | "saving" | "offline" | "refused";

export interface OpenDraft {
  document: PipelineDocument;
  provider: HocuspocusProvider;
  close(): void;
}

interface OpenDraftOptions {
  workspace: string;
  draft: string;
  onSynced: () => void;
  onConnection: (connection: Connection) => void;
  /** Changes that the server has not confirmed yet. */
  onUnsent: (count: number) => void;
}

function collabUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/collab`;
}

/** Opens the shared document of a draft and keeps it in step with the server and with who else has it open. */
export function openDraft({
  workspace,
  draft,
  onSynced,
  onConnection,
  onUnsent,
}: OpenDraftOptions): OpenDraft {
  const ydoc = new Y.Doc();
  const socket = new HocuspocusProviderWebsocket({ url: collabUrl() });
  let refused = false;
  let connected = false;
  let unsent = 0;
  const tell = () => {
    onUnsent(unsent);
    onConnection(refused ? "refused" : !connected ? "offline" : unsent > 0 ? "saving" : "saved");
  };
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: `${workspace}/${draft}`,
    document: ydoc,
    onSynced: () => {
      connected = true;
      tell();
      onSynced();
    },
    onStatus: ({ status }) => {
      connected = status === "connected";
      if (status !== "connecting" || !connected) tell();
    },
    onUnsyncedChanges: ({ number }) => {
      unsent = number;
      tell();
    },
    onAuthenticationFailed: () => {
      refused = true;
      tell();
    },
  });
  provider.attach();
  const presence = provider.awareness;
  const document = openDocument(ydoc, presence ? { presence } : {});
  return {
    document,
    provider,
    close() {
      document.close();
      provider.destroy();
      socket.destroy();
      ydoc.destroy();
    },
  };
}
