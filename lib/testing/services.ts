import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnv } from "#lib/core/env.ts";
import { createServices, type Services } from "#lib/services/services.ts";
import { createTestDatabase } from "./postgres.ts";
import { createTestStore } from "./store.ts";

export interface TestServices extends Services {
  /** The settings as variables, for a process that the test starts. */
  variables: Record<string, string>;
  drop(): Promise<void>;
}

/** Of this checkout: environments are named by what is in them, so that the tests need not build each of them anew. */
const environments = new URL("../../.atelier-test/environments", import.meta.url).pathname;

/**
 * Everything that a process of the studio works with: a database, a bucket and a data folder of its own. Environments of
 * local compute are kept between tests, as the engine keeps its images.
 */
export async function createTestServices(more: Record<string, string> = {}): Promise<TestServices> {
  const [database, store] = await Promise.all([createTestDatabase(), createTestStore()]);
  const home = await mkdtemp(join(tmpdir(), "atelier-test-"));
  await mkdir(environments, { recursive: true });
  await symlink(environments, join(home, "environments"));
  await writeFile(join(home, "master.key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  const variables = {
    ATELIER_HOME: home,
    DATABASE_URL: database.url,
    ATELIER_BASE_IMAGE: process.env.ATELIER_BASE_IMAGE ?? "atelier-base:bookworm",
    ...store.settings,
    ...more,
  };
  const services = createServices({ name: "test", env: readEnv(variables), maxConnections: 20 });
  return {
    ...services,
    variables,
    async drop() {
      await services.close();
      await Promise.all([database.drop(), store.drop(), rm(home, { recursive: true, force: true })]);
    },
  };
}
