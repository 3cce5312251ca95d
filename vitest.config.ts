import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,bin,components,db,lib,modules,scripts}/**/*.test.{ts,tsx}"],
    globalSetup: ["lib/testing/global-setup.ts"],
    environment: "node",
    pool: "forks",
    // Most of the time is spent waiting for engines and databases, so two cores carry three files at once.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Most tests talk to real engines and servers; on a machine of others one may stall once. A second failure counts.
    retry: process.env.CI ? 1 : 0,
  },
  oxc: { jsx: { runtime: "automatic" } },
});
