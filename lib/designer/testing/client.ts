import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { openDocument } from "../document/open-document.ts";
import type { Clash, PipelineDocument } from "../document/types.ts";

export interface Client {
  ydoc: Y.Doc;
  document: PipelineDocument;
  provider: HocuspocusProvider;
  clashes: Clash[];
  /** Why it was refused. */
  refused: string | null;
  /** Cuts the line; what is edited now is sent when it is back. */
  offline(): Promise<void>;
  online(): void;
  close(): void;
}

export interface ClientOptions {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** `<workspace>/<draft>` */
  name: string;
  token?: string;
  headers?: Record<string, string>;
  user?: { id: string; name: string };
}

/** Somebody who has a draft open, over a WebSocket as the page has it. */
export async function openClient(options: ClientOptions): Promise<Client> {
  const { headers = {} } = options;
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers });
      this.on("error", () => {});
    }
  }
  const ydoc = new Y.Doc();
  const socket = new HocuspocusProviderWebsocket({
    url: `${options.url.replace(/^http/, "ws")}/collab`,
    WebSocketPolyfill: Socket,
    delay: 100,
    minDelay: 100,
    maxDelay: 300,
  });
  const refusal = { reason: null as string | null };
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: options.name,
    document: ydoc,
    token: options.token ?? "",
    // Others forgot this client while its line was cut, and believe only what is newer than what they forgot.
    onAuthenticated: () => provider.awareness?.setLocalState(provider.awareness.getLocalState()),
    onAuthenticationFailed: ({ reason }) => {
      refusal.reason = reason;
    },
  });
  provider.attach();
  const presence = provider.awareness;
  if (options.user) provider.setAwarenessField("user", options.user);
  const document = openDocument(ydoc, presence ? { presence } : {});
  const clashes: Clash[] = [];
  document.onClash((clash) => clashes.push(clash));
  await until(() => provider.isSynced || refusal.reason !== null);
  return {
    ydoc,
    document,
    provider,
    clashes,
    get refused() {
      return refusal.reason;
    },
    async offline() {
      socket.disconnect();
      await until(() => socket.status === "disconnected");
    },
    online: () => void socket.connect(),
    close() {
      document.close();
      provider.destroy();
      socket.destroy();
      ydoc.destroy();
    },
  };
}

/** Waits until something holds, at most 10 s. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not happen within ${timeoutMs} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
