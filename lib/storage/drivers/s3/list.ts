import { DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { AppError } from "#lib/core/errors.ts";
import type { ListOptions, ObjectPage } from "../../port.ts";

const pageSize = 1000;

export async function listObjects(
  client: S3Client,
  bucket: string,
  prefix: string,
  options: ListOptions,
): Promise<ObjectPage> {
  const page = await client.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      MaxKeys: Math.min(options.limit ?? pageSize, pageSize),
      ...(options.delimiter === undefined ? {} : { Delimiter: options.delimiter }),
      ...(options.cursor === undefined ? {} : { ContinuationToken: options.cursor }),
    }),
  );
  const cursor = page.IsTruncated ? page.NextContinuationToken : undefined;
  return {
    objects: (page.Contents ?? []).map((entry) => ({
      key: entry.Key ?? "",
      size: entry.Size ?? 0,
      lastModified: entry.LastModified?.getTime() ?? 0,
    })),
    prefixes: (page.CommonPrefixes ?? []).map((entry) => entry.Prefix ?? ""),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** Deletes page by page from the front, so that the deletions cannot upset a cursor. */
export async function deleteObjects(client: S3Client, bucket: string, prefix: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const page = await listObjects(client, bucket, prefix, {});
    if (page.objects.length === 0) return deleted;
    const answer = await client.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: page.objects.map(({ key }) => ({ Key: key })), Quiet: true },
      }),
    );
    const failed = answer.Errors?.[0];
    if (failed) {
      throw new AppError("UNAVAILABLE", {
        message: `object store: ${failed.Code} on delete of ${failed.Key}: ${failed.Message}`,
        userMessage: "The object store could not delete every object.",
      });
    }
    deleted += page.objects.length;
  }
}
