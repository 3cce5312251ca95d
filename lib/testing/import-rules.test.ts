import { describe, expect, it } from "vitest";
import { type ImportGraph, readImportGraph } from "./import-graph.ts";
import { findCycles, findForbiddenEdges, findServerLeaks } from "./import-rules.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const graph = readImportGraph(root, ["app", "bin", "components", "db", "lib"]);

describe("the import graph", () => {
  it("has been read", () => {
    expect(graph.size).toBeGreaterThan(100);
    expect(graph.get("lib/storage/create-store.ts")).toContainEqual({
      target: "lib/storage/drivers/s3/s3-store.ts",
      ours: true,
      typeOnly: false,
    });
  });

  it("has no forbidden edge", () => {
    expect(findForbiddenEdges(graph)).toEqual([]);
  });

  it("keeps Node and the database out of the browser", () => {
    expect(findServerLeaks(graph)).toEqual([]);
  });

  it("has no cycle", () => {
    expect(findCycles(graph)).toEqual([]);
  });
});

describe("the rules themselves", () => {
  const edge = (target: string, ours = true, typeOnly = false) => ({ target, ours, typeOnly });

  it("name both ends of an edge from below to the top", () => {
    const bad: ImportGraph = new Map([
      ["lib/runs/commands.ts", [edge("lib/runner/main.ts")]],
      ["lib/runner/main.ts", [edge("lib/runs/queries.ts")]],
      ["lib/runs/queries.ts", []],
    ]);
    expect(findForbiddenEdges(bad)).toEqual([
      "lib/runs/commands.ts imports lib/runner/main.ts, but lib/runner/ stands on top of everything.",
    ]);
  });

  it.each([
    ["lib/core/ids.ts", edge("db/client.ts")],
    ["db/client.ts", edge("lib/runs/model.ts")],
    ["lib/compute/providers/docker/a.ts", edge("lib/runs/model.ts")],
    ["lib/compute/providers/docker/a.ts", edge("lib/compute/providers/process/b.ts")],
    ["lib/runs/queries.ts", edge("dockerode", false)],
    ["lib/runs/queries.ts", edge("next/headers", false)],
    ["components/runs/list.tsx", edge("@xyflow/react", false)],
    ["lib/runs/queries.ts", edge("lib/testing/store.ts")],
  ])("refuse %s importing %o", (file, entry) => {
    const bad: ImportGraph = new Map([[file, [entry]]]);
    if (entry.ours) bad.set(entry.target, []);
    expect(findForbiddenEdges(bad)).toHaveLength(1);
  });

  it("find a leak through another file, and not one of types", () => {
    const files = (typeOnly: boolean): ImportGraph =>
      new Map([
        ["components/a.tsx", [edge("lib/runs/format.ts", true, typeOnly)]],
        ["lib/runs/format.ts", [edge("node:fs", false)]],
      ]);
    expect(findServerLeaks(files(true))).toEqual([]);
    expect(findServerLeaks(files(false))).toEqual([
      "components/a.tsx may run in a browser, but reaches node:fs: components/a.tsx → lib/runs/format.ts → node:fs.",
    ]);
  });

  it("find a cycle and name its files", () => {
    const ring: ImportGraph = new Map([
      ["lib/a.ts", [edge("lib/b.ts")]],
      ["lib/b.ts", [edge("lib/a.ts")]],
    ]);
    expect(findCycles(ring)).toEqual([
      "lib/a.ts and lib/b.ts import each other: lib/a.ts → lib/b.ts → lib/a.ts.",
    ]);
  });
});
