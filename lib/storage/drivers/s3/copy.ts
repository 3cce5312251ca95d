import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";

interface CopyJob {
  bucket: string;
  from: string;
  to: string;
  size: number;
  contentType?: string;
}

/** S3 refuses to copy more than 5 GiB in one request; larger objects are copied in parts of this size. */
export const copyPartBytes = 1024 ** 3;
export const singleCopyBytes = 5 * 1024 ** 3;

/** Copies on the server, in parts when the object has more than `maxSingleBytes`. */
export async function copyObject(
  client: S3Client,
  job: CopyJob,
  maxSingleBytes: number,
  partBytes: number,
): Promise<void> {
  const source = `${job.bucket}/${job.from.split("/").map(encodeURIComponent).join("/")}`;
  if (job.size <= maxSingleBytes) {
    await client.send(new CopyObjectCommand({ Bucket: job.bucket, Key: job.to, CopySource: source }));
    return;
  }
  const target = { Bucket: job.bucket, Key: job.to };
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({
      ...target,
      ...(job.contentType === undefined ? {} : { ContentType: job.contentType }),
    }),
  );
  try {
    const parts = [];
    for (let start = 0, number = 1; start < job.size; start += partBytes, number++) {
      const end = Math.min(start + partBytes, job.size) - 1;
      const part = { ...target, UploadId, PartNumber: number, CopySource: source };
      const done = await client.send(
        new UploadPartCopyCommand({ ...part, CopySourceRange: `bytes=${start}-${end}` }),
      );
      parts.push({ PartNumber: number, ETag: done.CopyPartResult?.ETag });
    }
    await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }),
    );
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    throw error;
  }
}
