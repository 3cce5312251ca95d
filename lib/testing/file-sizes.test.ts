import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const folders = [
  "app",
  "bench",
  "bin",
  "components",
  "db",
  "e2e",
  "lib",
  "modules",
  "python",
  "sample",
  "scripts",
];
const maxLines = 300;
const maxMedian = 80;

/** A file past the limit, and why it is better whole. */
const reasons: Record<string, string> = {
  "lib/compute/contract-suite.ts": "what every provider must do, read as one list",
  "lib/designer/collab/collab.test.ts": "one document and its people, whose set-up all cases share",
  "lib/designer/previews/previews.test.ts": "one studio with a worker, whose set-up all cases share",
  "lib/gateway/gateway.test.ts": "one gateway with two models behind it, whose set-up all cases share",
  "python/tests/test_modules_tables.py":
    "every kind of column through every way in and out, read as one table",
};

function countLines(): Map<string, number> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tsx?|mjs|py|css|sh)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const own = files.filter((file) => !/\/(node_modules|migrations|\.[^/]+)\//.test(file.slice(root.length)));
  return new Map(
    own.map((file) => [file.slice(root.length + 1), readFileSync(file, "utf8").split("\n").length - 1]),
  );
}

const sizes = countLines();

it("keeps the median file short", () => {
  const sorted = [...sizes.values()].sort((a, b) => a - b);
  expect(sorted.length).toBeGreaterThan(1000);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(maxMedian);
});

it("has no file past 300 lines without a reason", () => {
  const long = [...sizes].filter(([, lines]) => lines > maxLines).map(([file]) => file);
  expect(long.filter((file) => !(file in reasons))).toEqual([]);
});
