import { globSync, readFileSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const all = globSync("{app,bin,components,db,lib,modules,scripts}/**/*.test.{ts,tsx}");
/** Tests of values alone: they import neither Node, a database nor a helper that brings a service up, and mock no clock. */
const plain = all.filter(
  (file) =>
    !/from "(node:|postgres"|[^"]*testing\/)|import\(|\bvi\.|process\./.test(readFileSync(file, "utf8")),
);

/** Tests that build images and run whole pipelines take minutes: begun last, they would be waited for alone. */
const long = /lib\/(runner|endpoints\/reconcile|designer\/previews|environments\/build)\//;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    environment: "node",
    pool: "forks",
    // Most of the time is spent waiting for engines and databases, so two cores carry three files at once.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Most tests talk to real engines and servers; on a machine of others one may stall once. A second failure counts.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        // Nothing of one can reach another, so a process runs many and loads what they share once.
        test: { name: "plain", include: plain, isolate: false },
      },
      {
        extends: true,
        test: {
          name: "services",
          include: all,
          exclude: [...configDefaults.exclude, ...plain],
          globalSetup: ["lib/testing/global-setup.ts"],
        },
      },
    ],
  },
  oxc: { jsx: { runtime: "automatic" } },
});
