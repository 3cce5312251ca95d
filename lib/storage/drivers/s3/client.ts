import { S3Client } from "@aws-sdk/client-s3";

export interface S3Settings {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const connectTimeoutMs = 5_000;
/** Without a byte for this long a request is given up. Generous, since a slow reader of a download also stays silent. */
const idleTimeoutMs = 120_000;

/**
 * A client that any S3 server understands: path-style addresses, and checksums only where the protocol demands them,
 * since servers other than Amazon's refuse the chunked bodies that carry the SDK's default ones.
 */
export function createClient(settings: S3Settings): S3Client {
  return new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      socketTimeout: idleTimeoutMs,
      httpAgent: { keepAlive: true, maxSockets: 64 },
      httpsAgent: { keepAlive: true, maxSockets: 64 },
    },
  });
}
