import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

/** The system's Chromium (`CHROMIUM_PATH`): nothing is downloaded. The flags keep it quiet and let it run as root. */
const executablePath = fileURLToPath(new URL("e2e/support/apart/chromium.sh", import.meta.url));
const args = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"],
];

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  // All talk to the one studio of the run. One waits for a container while the other looks at pages.
  workers: 2,
  timeout: 180_000,
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    // Set by the global set-up, before the tests' own processes read this file.
    ...(process.env.ATELIER_URL ? { baseURL: process.env.ATELIER_URL } : {}),
    browserName: "chromium",
    launchOptions: { executablePath, args },
    viewport: { width: 1280, height: 800 },
    // What turns while somebody waits is drawn by the processor, sixty times a second.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Tracing takes a sixth of the time: where a failed test is tried again, the second try is traced.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
