import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { AppError, notFound } from "#lib/core/errors.ts";
import type { ByteRange, ObjectHead, ObjectStore, StoredObject } from "../../port.ts";
import { createClient, type S3Settings } from "./client.ts";
import { copyObject, copyPartBytes, singleCopyBytes } from "./copy.ts";
import { isMissing, toAppError } from "./errors.ts";
import { deleteObjects, listObjects } from "./list.ts";
import { putObject } from "./put.ts";

export interface S3StoreOptions extends S3Settings {
  /** Objects above `maxSingleBytes` are copied in parts of `partBytes`; S3's own limits unless told. */
  copyLimits?: { maxSingleBytes: number; partBytes: number };
}

/** The object-store port on one bucket of any S3 server. */
export function createS3Store(options: S3StoreOptions): ObjectStore {
  const client = createClient(options);
  const bucket = options.bucket;
  const limits = options.copyLimits ?? { maxSingleBytes: singleCopyBytes, partBytes: copyPartBytes };

  async function call<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toAppError(error, key);
    }
  }

  async function findHead(key: string): Promise<ObjectHead | null> {
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return {
        size: head.ContentLength ?? 0,
        lastModified: head.LastModified?.getTime() ?? 0,
        ...(head.ContentType === undefined ? {} : { contentType: head.ContentType }),
      };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function getObject(key: string, range?: ByteRange): Promise<StoredObject> {
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end ?? ""}` }),
      }),
    );
    if (!(answer.Body instanceof Readable)) throw new Error(`object store: no body for ${key}`);
    return {
      body: answer.Body,
      size: answer.ContentLength ?? 0,
      ...(answer.ContentType === undefined ? {} : { contentType: answer.ContentType }),
    };
  }

  return {
    put: (key, body, putOptions = {}) =>
      call(key, async () => ({ size: await putObject(client, { bucket, key }, body, putOptions) })),
    get: (key, range) => call(key, () => getObject(key, range)),
    head: (key) => call(key, () => findHead(key)),
    delete: (key) =>
      call(key, async () => void (await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })))),
    deletePrefix: async (prefix) => {
      if (prefix === "") throw new Error("deletePrefix with an empty prefix would empty the bucket");
      return call(prefix, () => deleteObjects(client, bucket, prefix));
    },
    list: (prefix, listOptions = {}) => call(prefix, () => listObjects(client, bucket, prefix, listOptions)),
    copy: (from, to) =>
      call(from, async () => {
        const head = await findHead(from);
        if (!head) throw notFound(`Object ${from}`);
        await copyObject(client, { bucket, from, to, ...head }, limits.maxSingleBytes, limits.partBytes);
      }),
    ensureBucket: () => call(bucket, ensureBucket),
  };

  async function ensureBucket(): Promise<void> {
    try {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
        throw new AppError("FORBIDDEN", {
          userMessage: `The object store's keys give no access to the bucket ${bucket}. Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.`,
          cause: error,
        });
      }
      if (!isMissing(error)) throw error;
      await createBucket();
    }
  }

  async function createBucket(): Promise<void> {
    try {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    } catch (error) {
      // Another process may have made it since we looked.
      if (error instanceof S3ServiceException && /^BucketAlready/.test(error.name)) return;
      throw error;
    }
  }
}
