import type { Readable } from "node:stream";

/** What can be stored. A stream is read once and never held in memory whole. */
export type ObjectBody = Buffer | Readable | AsyncIterable<Uint8Array>;

export interface PutOptions {
  contentType?: string;
  /** Bytes the body must have. A body of another length is refused and nothing is stored. */
  size?: number;
}

/** `start` and `end` are byte positions from 0; `end` is included, as in HTTP. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface ObjectHead {
  size: number;
  contentType?: string;
  /** UTC milliseconds. */
  lastModified: number;
}

export interface StoredObject {
  body: Readable;
  /** Bytes in `body`: the range's length when a range was asked for. */
  size: number;
  contentType?: string;
}

export interface ListOptions {
  /** With "/", keys below the next "/" are folded into `prefixes`. */
  delimiter?: string;
  /** At most this many entries (objects and prefixes together); 1000 unless told, which is also the most. */
  limit?: number;
  /** `cursor` of the page before. */
  cursor?: string;
}

export interface ObjectPage {
  objects: { key: string; size: number; lastModified: number }[];
  prefixes: string[];
  /** Set when there is another page. */
  cursor?: string;
}

/**
 * Where the studio keeps bytes: snapshots, logs, artifacts, datasets. Keys are UTF-8 paths without a leading "/".
 * A `put` is all or nothing: readers see the old object or the whole new one, and a body that fails leaves no trace.
 * Every method throws an `AppError` `UNAVAILABLE` when the store does not answer.
 */
export interface ObjectStore {
  put(key: string, body: ObjectBody, options?: PutOptions): Promise<{ size: number }>;
  /** Throws `NOT_FOUND` when there is no such object, `BAD_REQUEST` when the range starts past its end. */
  get(key: string, range?: ByteRange): Promise<StoredObject>;
  head(key: string): Promise<ObjectHead | null>;
  /** No error when there is no such object. */
  delete(key: string): Promise<void>;
  /** Deletes every object whose key starts with the prefix, which must not be empty. Returns how many there were. */
  deletePrefix(prefix: string): Promise<number>;
  /** In the byte order of the keys. */
  list(prefix: string, options?: ListOptions): Promise<ObjectPage>;
  /** Throws `NOT_FOUND` when there is no such object. The bytes do not pass through this process. */
  copy(from: string, to: string): Promise<void>;
  /** Makes the bucket when it is missing. */
  ensureBucket(): Promise<void>;
}
