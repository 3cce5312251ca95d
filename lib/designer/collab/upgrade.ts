import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { isSameOrigin } from "#lib/auth/same-origin.ts";
import type { Services } from "#lib/services/services.ts";
import { getCollab } from "./collab.ts";
import { maxMessageBytes } from "./limits.ts";

export const collabPath = "/collab";

/** Answers upgrades at `/collab`; false for any other address. */
export function createCollabUpgrade(
  services: Services,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  return (request, socket, head) => {
    if (new URL(request.url ?? "/", "http://localhost").pathname !== collabPath) return false;
    // A browser sends the cookie along whichever page asks it to connect.
    const header = (name: string) => request.headers[name]?.toString();
    if (request.headers.cookie && !isSameOrigin({ method: "GET", header }, services.env.url)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return true;
    }
    server.handleUpgrade(request, socket, head, (client) => getCollab(services).connect(client, request));
    return true;
  };
}
