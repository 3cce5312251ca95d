import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { readPipelines } from "../../testing/run-all.ts";

it("uses every module there is in a pipeline of this folder", async () => {
  const used = new Set<string>();
  for (const { text } of await readPipelines(import.meta.dirname)) {
    const { jobs } = parse(text) as { jobs: Record<string, { component: string }> };
    for (const { component } of Object.values(jobs)) used.add(component.replace(/^atelier:/, ""));
  }
  const files = await readdir("modules", { recursive: true });
  const modules = files.flatMap((file) => /^[^/]+\/([^/]+)\/module\.yml$/.exec(file)?.[1] ?? []);
  expect(modules.length).toBeGreaterThan(0);
  expect(modules.filter((name) => !used.has(name))).toEqual([]);
  expect([...used].filter((name) => !modules.includes(name))).toEqual([]);
});
