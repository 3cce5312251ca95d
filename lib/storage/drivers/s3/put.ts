import { Readable, Transform } from "node:stream";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { invalid } from "#lib/core/errors.ts";
import type { ObjectBody, PutOptions } from "../../port.ts";

/** Part size of a multipart upload; with 10,000 parts allowed an object can have 78 GiB. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 3;
const singlePutBytes = 16 * 1024 * 1024;

/** Stores the body and returns its length. Streams go up in parts, so at most 24 MiB of one are in memory. */
export async function putObject(
  client: S3Client,
  target: { bucket: string; key: string },
  body: ObjectBody,
  options: PutOptions,
): Promise<number> {
  const params = {
    Bucket: target.bucket,
    Key: target.key,
    ...(options.contentType === undefined ? {} : { ContentType: options.contentType }),
  };
  if (Buffer.isBuffer(body) && body.length <= singlePutBytes) {
    checkSize(body.length, options.size);
    await client.send(new PutObjectCommand({ ...params, Body: body, ContentLength: body.length }));
    return body.length;
  }
  const counter = new ByteCounter(options.size);
  const source = Buffer.isBuffer(body) ? Readable.from(slices(body)) : toReadable(body);
  // A pipe does not pass errors on; without this a failed source would leave the upload waiting for ever.
  source.once("error", (error) => counter.destroy(error));
  counter.once("close", () => source.destroy());
  const upload = new Upload({
    client,
    params: { ...params, Body: source.pipe(counter) },
    partSize: partSizeFor(options.size),
    queueSize: partsAtOnce,
    leavePartsOnError: false,
  });
  await upload.done();
  return counter.bytes;
}

function toReadable(body: Readable | AsyncIterable<Uint8Array>): Readable {
  return body instanceof Readable ? body : Readable.from(body, { objectMode: false });
}

function* slices(buffer: Buffer): Generator<Buffer> {
  for (let at = 0; at < buffer.length; at += partBytes) yield buffer.subarray(at, at + partBytes);
}

/** Grows the parts of an object of known size so that 10,000 of them are enough. */
function partSizeFor(size: number | undefined): number {
  return Math.max(partBytes, Math.ceil((size ?? 0) / 9_000));
}

function checkSize(actual: number, expected: number | undefined): void {
  if (expected !== undefined && actual !== expected) {
    throw invalid("size", `The body has ${actual} bytes where ${expected} were announced.`, actual);
  }
}

/** Counts the bytes that pass and fails at the end when they are not those announced. */
class ByteCounter extends Transform {
  bytes = 0;
  private readonly expected: number | undefined;

  constructor(expected: number | undefined) {
    super();
    this.expected = expected;
  }

  override _transform(
    chunk: Buffer,
    _encoding: string,
    done: (error: Error | null, chunk?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }

  override _flush(done: (error?: Error) => void): void {
    try {
      checkSize(this.bytes, this.expected);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
