import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { describeComputeContract } from "#lib/compute/contract-suite.ts";
import { ProcessProvider } from "./provider.ts";

const rootDir = mkdtempSync(join(tmpdir(), "atelier-processes-"));

describeComputeContract("local", {
  connect: () => new ProcessProvider({ rootDir }),
  // No environment of its own: the suite needs the machine's python3 only.
  environment: { kind: "venv", path: join(rootDir, "none") },
});

afterAll(() => rmSync(rootDir, { recursive: true, force: true }));
