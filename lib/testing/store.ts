import { DeleteBucketCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import { createStore, type StoreSettings } from "#lib/storage/create-store.ts";
import { createClient } from "#lib/storage/drivers/s3/client.ts";
import type { ObjectStore } from "#lib/storage/port.ts";
import { isStale, newTestName, testEnv } from "./test-env.ts";

export interface TestStore {
  store: ObjectStore;
  /** The same store as settings, for a process that the test starts. */
  settings: StoreSettings;
  drop(): Promise<void>;
}

/** An empty bucket of its own for a test file. */
export async function createTestStore(): Promise<TestStore> {
  const settings = settingsFor(newTestName());
  const store = createStore(settings);
  await store.ensureBucket();
  return { store, settings, drop: () => dropBucket(settings) };
}

export function settingsFor(bucket: string): StoreSettings {
  return {
    S3_ENDPOINT: testEnv("TEST_S3_ENDPOINT"),
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: testEnv("TEST_S3_ACCESS_KEY_ID"),
    S3_SECRET_ACCESS_KEY: testEnv("TEST_S3_SECRET_ACCESS_KEY"),
    S3_REGION: "us-east-1",
  };
}

/** Removes buckets of runs that were killed over an hour ago. */
export async function dropStaleBuckets(): Promise<void> {
  const client = clientFor(settingsFor("unused"));
  try {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    for (const { Name = "" } of Buckets) if (isStale(Name)) await dropBucket(settingsFor(Name));
  } finally {
    client.destroy();
  }
}

async function dropBucket(settings: StoreSettings): Promise<void> {
  const store = createStore(settings);
  for (;;) {
    const page = await store.list("");
    if (page.objects.length === 0) break;
    for (const { key } of page.objects) await store.delete(key);
  }
  const client = clientFor(settings);
  try {
    await client.send(new DeleteBucketCommand({ Bucket: settings.S3_BUCKET }));
  } finally {
    client.destroy();
  }
}

function clientFor(settings: StoreSettings) {
  return createClient({
    endpoint: settings.S3_ENDPOINT,
    bucket: settings.S3_BUCKET,
    region: settings.S3_REGION,
    accessKeyId: settings.S3_ACCESS_KEY_ID,
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
  });
}
