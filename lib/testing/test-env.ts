import { randomText } from "#lib/core/ids.ts";

/** What `global-setup.ts` puts into the environment of the tests. */
export type TestVariable =
  | "TEST_DATABASE_URL"
  | "TEST_S3_ENDPOINT"
  | "TEST_S3_ACCESS_KEY_ID"
  | "TEST_S3_SECRET_ACCESS_KEY";

export function testEnv(name: TestVariable): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set: run the test through vitest, whose global set-up starts the services`,
    );
  return value;
}

const staleMs = 60 * 60 * 1000;

/** A name for a database or a bucket that tells when it was made. */
export function newTestName(): string {
  return `test-${Date.now()}-${randomText(8)}`;
}

/** Whether the name is one of `newTestName`, from over an hour ago: its test was killed. */
export function isStale(name: string): boolean {
  const time = /^test-(\d+)-/.exec(name)?.[1];
  return time !== undefined && Date.now() - Number(time) > staleMs;
}
