import { describe, expect, it } from "vitest";
import { createTestStore } from "#lib/testing/store.ts";
import { createStore } from "./create-store.ts";
import { createS3Store } from "./drivers/s3/s3-store.ts";
import { describeStoreContract } from "./store-contract.ts";

const mib = 1024 * 1024;

describeStoreContract("S3", async () => {
  const { settings, drop } = await createTestStore();
  // Small limits, so that the copy in parts is tried without an object of 5 GiB.
  const store = createS3Store({
    endpoint: settings.S3_ENDPOINT,
    bucket: settings.S3_BUCKET,
    region: settings.S3_REGION,
    accessKeyId: settings.S3_ACCESS_KEY_ID,
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
    copyLimits: { maxSingleBytes: 6 * mib, partBytes: 5 * mib },
  });
  return { store, drop };
});

describe("a store that cannot be used", () => {
  it("says that nothing answers", async () => {
    const { settings, drop } = await createTestStore();
    const store = createStore({ ...settings, S3_ENDPOINT: "http://127.0.0.1:9" });
    await expect(store.head("a")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await drop();
  });

  it("names the settings when the keys are wrong", async () => {
    const { settings, drop } = await createTestStore();
    const store = createStore({ ...settings, S3_ACCESS_KEY_ID: "someone-else" });
    await expect(store.ensureBucket()).rejects.toThrow("S3_ACCESS_KEY_ID");
    await drop();
  });
});
