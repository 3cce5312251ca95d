import { globSync, readFileSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";

const all = globSync("{app,bin,components,db,lib,modules,scripts}/**/*.test.{ts,tsx}");
/** Tests of values alone: they import neither Node, a database nor a helper that brings a service up, and mock no clock. */
const plain = all.filter(
  (file) =>
    !/from "(node:|postgres"|[^"]*testing\/)|import\(|\bvi\.|process\./.test(readFileSync(file, "utf8")),
);

export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    // Most of the time is spent waiting for engines and databases, so two cores carry three files at once.
    maxWorkers: 3,
    // A process runs many files and loads what they share once: what a file starts, it ends.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Most tests talk to real engines and servers; on a machine of others one may stall once. A second failure counts.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: { name: "plain", include: plain },
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
