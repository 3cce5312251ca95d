import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import { GatewayError } from "./errors.ts";

/** The largest body that is let through; the scoring server has the same limit. */
export const maxBodyBytes = 32 * 2 ** 20;

/** Up to this size a body is held here, so that it can be sent again when an instance turns out to be gone. */
const heldBytes = 2 ** 20;

/** A body in memory, or one that flows while it is sent and so can be sent only once. */
export type RequestBody = { kind: "held"; bytes: Buffer } | { kind: "flowing"; stream: Transform };

function tooLarge(): GatewayError {
  return new GatewayError(
    413,
    `The body is larger than ${maxBodyBytes / 2 ** 20} MiB. Send fewer rows at once.`,
  );
}

export async function takeBody(request: IncomingMessage): Promise<RequestBody> {
  const length = request.headers["content-length"];
  if (length !== undefined && Number(length) > maxBodyBytes) throw tooLarge();
  if (length !== undefined && Number(length) <= heldBytes) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return { kind: "held", bytes: Buffer.concat(chunks) };
  }
  if (length === undefined && request.headers["transfer-encoding"] === undefined) {
    return { kind: "held", bytes: Buffer.alloc(0) };
  }
  let seen = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > maxBodyBytes ? tooLarge() : null, chunk);
    },
  });
  request.on("error", (error) => counted.destroy(error));
  request.pipe(counted);
  return { kind: "flowing", stream: counted };
}
