import {
  findSharedTestServices,
  startTestServices,
  stopTestServices,
  type TestServices,
} from "../../scripts/services/test-services.ts";
import { createTestDatabase, dropStaleDatabases } from "./postgres.ts";
import { dropStaleBuckets } from "./store.ts";

/**
 * Gives every test a real Postgres and a real object store, in order of preference: those named by `TEST_DATABASE_URL`
 * and `TEST_S3_ENDPOINT`, those that `scripts/test-services.ts` keeps running, or ones of this run alone.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL && process.env.TEST_S3_ENDPOINT;
  const shared = given ? null : findSharedTestServices();
  const own: TestServices | null = given || shared ? null : await startTestServices(`run-${process.pid}`);
  for (const [name, value] of Object.entries((shared ?? own)?.env ?? {})) process.env[name] ||= value;
  // The first copy builds the template, so that the test files do not wait for each other.
  await (await createTestDatabase()).drop();
  if (own) return () => stopTestServices(own);
  await Promise.all([dropStaleDatabases(), dropStaleBuckets()]);
  return undefined;
}
