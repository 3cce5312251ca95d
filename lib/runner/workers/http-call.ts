import { Agent, type IncomingMessage, request } from "node:http";
import { pipeline, type Readable } from "node:stream";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface HttpCall {
  method: string;
  headers: Record<string, string>;
  body?: string | { stream: Readable; sizeBytes: number };
  signal: AbortSignal;
}

/**
 * One call without a limit on how long the answer may be silent, which `fetch` has: a step can work for hours without a
 * word. The signal ends it at any time, also while the answer is read.
 */
export function httpCall(url: string, call: HttpCall): Promise<IncomingMessage> {
  const { method, body, signal } = call;
  const sizeBytes =
    body === undefined ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.sizeBytes;
  const headers = {
    ...call.headers,
    ...(body !== undefined || method === "PUT" ? { "content-length": String(sizeBytes) } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers, signal }, resolve);
    sent.on("error", (error) => reject(signal.aborted ? (signal.reason ?? error) : error));
    if (body === undefined || typeof body === "string") sent.end(body);
    else pipeline(body.stream, sent, (error) => error && reject(error));
  });
}

export async function readText(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
