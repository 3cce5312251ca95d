import type { Env } from "#lib/core/env.ts";
import { createS3Store } from "./drivers/s3/s3-store.ts";
import type { ObjectStore } from "./port.ts";

export type StoreSettings = Pick<
  Env,
  "S3_ENDPOINT" | "S3_BUCKET" | "S3_ACCESS_KEY_ID" | "S3_SECRET_ACCESS_KEY" | "S3_REGION"
>;

/** The object store that the settings name. It opens no connection until it is used. */
export function createStore(env: StoreSettings): ObjectStore {
  return createS3Store({
    endpoint: env.S3_ENDPOINT,
    bucket: env.S3_BUCKET,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  });
}
