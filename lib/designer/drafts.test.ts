import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { diffTexts } from "./diff.ts";
import { writtenPipeline, writtenPipelines } from "./testing/pipelines.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
});

afterAll(() => studio.close());

it("keeps any pipeline to the byte", async () => {
  for (const { text, name } of writtenPipelines) {
    const made = await studio.api.designer.create({
      workspace,
      text,
    });
    const { text: kept } = await studio.api.designer.get({ workspace, draft: made.id });
    expect(kept, name).toBe(text);
  }
});

it("starts empty, is named, described, cloned, listed, found and deleted", async () => {
  const { api } = studio;
  const empty = await api.designer.create({ workspace });
  expect(empty.name).toMatch(/^Pipeline of \d+ \w+$/);
  expect(empty.text).toContain("jobs: {}");
  const named = await api.designer.create({ workspace, name: "Churn: first", text: writtenPipeline("1") });
  expect(named.text).toBe(
    writtenPipeline("1").replace("display_name: three_small_steps ", 'display_name: "Churn: first" '),
  );
  const renamed = await api.designer.rename({
    workspace,
    draft: named.id,
    name: "Churn",
    description: "Who leaves",
  });
  expect(renamed).toMatchObject({ name: "Churn", description: "Who leaves", nodeCount: 3 });
  const copy = await api.designer.clone({ workspace, draft: named.id });
  expect(copy).toMatchObject({ name: "Churn (copy)", nodeCount: 3, version: 1 });
  const found = await api.designer.list({ workspace, search: "churn", limit: 1 });
  expect(found.items[0]?.id).toBe(copy.id);
  const next = await api.designer.list({
    workspace,
    search: "churn",
    limit: 1,
    cursor: found.nextCursor ?? "",
  });
  expect(next.items[0]?.id).toBe(named.id);
  expect(next.nextCursor).toBeNull();
  await api.designer.delete({ workspace, draft: copy.id });
  await expect(api.designer.get({ workspace, draft: copy.id })).rejects.toThrow("not found");
});

it("lists drafts by name, by when they were made and by when they were changed, page by page", async () => {
  const { api } = studio;
  const other = await api.workspaces.create({ name: "sorted" });
  const ids = new Map<string, string>();
  for (const name of ["beta", "Alpha", "gamma", "alpha"]) {
    const { id } = await api.designer.create({ workspace: other.name, name });
    ids.set(id, name);
  }
  const beta = [...ids].find(([, name]) => name === "beta")?.[0] ?? "";
  await api.designer.rename({ workspace: other.name, draft: beta, description: "The last changed" });
  const listAll = async (sort: "name" | "created" | "updated", order: "asc" | "desc") => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.designer.list({
        workspace: other.name,
        sort,
        order,
        limit: 1,
        ...(cursor ? { cursor } : {}),
      });
      if (!cursor) expect(page.total).toBe(4);
      names.push(...page.items.map(({ id }) => ids.get(id) ?? ""));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return names;
  };
  const byName = await listAll("name", "asc");
  expect(byName.map((name) => name.toLowerCase())).toEqual(["alpha", "alpha", "beta", "gamma"]);
  expect(await listAll("name", "desc")).toEqual(byName.toReversed());
  const byAge = await listAll("created", "asc");
  expect(byAge.toSorted()).toEqual([...ids.values()].toSorted());
  expect(await listAll("created", "desc")).toEqual(byAge.toReversed());
  expect((await listAll("updated", "desc"))[0]).toBe("beta");
});

it("refuses what is no pipeline, with the line, and leaves the draft alone", async () => {
  const { api } = studio;
  const draft = await api.designer.create({ workspace, text: writtenPipeline("6") });
  for (const [text, words] of [
    ["type: command\n", "command job"],
    ["jobs:\n  a: [1\n", "Line 3"],
    ["type: pipeline\ntype: pipeline\n", "Line 2"],
  ] as const) {
    await expect(api.designer.save({ workspace, draft: draft.id, text })).rejects.toThrow(words);
    await expect(api.designer.create({ workspace, text })).rejects.toThrow(words);
  }
  expect((await api.designer.get({ workspace, draft: draft.id })).text).toBe(writtenPipeline("6"));
});

it("remembers what each person filled in", async () => {
  const { api } = studio;
  const draft = await api.designer.create({ workspace, text: writtenPipeline("6") });
  expect(draft.submitMemory).toEqual({});
  const memory = { experiment: "bank", inputs: { trees: 7 }, forceRerun: true };
  await api.designer.rememberSubmit({ workspace, draft: draft.id, memory, run: "gone_run" });
  await api.designer.rememberSubmit({ workspace, draft: draft.id, memory: { experiment: "bank 2" } });
  const again = await api.designer.get({ workspace, draft: draft.id });
  expect(again.submitMemory).toEqual({ experiment: "bank 2", run: "gone_run" });
  expect(again.lastRun).toBeNull();
});

it("opens the samples with their data", async () => {
  const { api } = studio;
  const { items } = await api.designer.samples({ workspace });
  expect(items.length).toBeGreaterThanOrEqual(6);
  const draft = await api.designer.create({ workspace, sample: "binary-classification" });
  expect(draft.nodeCount).toBe(8);
  const uses = await api.designer.uses({ workspace, kind: "dataset", name: "sample-bank-clients" });
  expect(uses.items).toEqual([
    expect.objectContaining({
      nodes: ["inputs.clients"],
      references: ["azureml:sample-bank-clients@latest"],
    }),
  ]);
  const byVersion = await api.designer.uses({ workspace, kind: "dataset", name: "held-out", version: "3" });
  expect(byVersion.items.map(({ nodes }) => nodes)).toEqual([["score_job"]]);
  const other = await api.designer.uses({ workspace, kind: "dataset", name: "held-out", version: "4" });
  expect(other.items).toEqual([]);
  const component = await api.designer.uses({ workspace, kind: "component", name: "look" });
  expect(component.items.map(({ nodes }) => nodes)).toEqual([["look_job"]]);
  const environment = await api.designer.uses({
    workspace,
    kind: "environment",
    name: "tools",
    version: "4",
  });
  expect(environment.items.length).toBeGreaterThanOrEqual(3);
});

it("draws the difference of two versions", async () => {
  const { api } = studio;
  const text = writtenPipeline("6");
  const draft = await api.designer.create({ workspace, text });
  const changed = text
    .replace("fraction: 0.7", "fraction: 0.8")
    .replace("forest: [320, 240]", "forest: [400, 240]")
    .replace("default_compute: local", "default_compute: docker")
    .replace("      dataset: ${{parent.jobs.split_data.outputs.results_dataset1}}\n", "")
    .replace("trees: 100", "trees: 50");
  await api.designer.save({ workspace, draft: draft.id, text: changed });
  const { difference, before, after } = await api.designer.diff({ workspace, draft: draft.id, from: 1 });
  expect([before, after]).toEqual([text, changed]);
  expect(difference).toEqual({
    nodes: [
      expect.objectContaining({
        name: "split_data",
        state: "changed",
        changes: [{ path: "inputs.fraction", before: 0.7, after: 0.8 }],
      }),
      expect.objectContaining({ name: "forest", state: "moved", before: [320, 240], after: [400, 240] }),
      expect.objectContaining({ name: "train_model", state: "changed" }),
    ],
    edges: [
      {
        state: "removed",
        from: "split_data",
        fromPort: "results_dataset1",
        to: "train_model",
        toPort: "dataset",
      },
    ],
    settings: [
      { path: "settings.default_compute", before: "local", after: "docker" },
      { path: "inputs.trees", before: 100, after: 50 },
    ],
  });
  const nothing = diffTexts(text, text.replace("# promoted", "# another comment"));
  expect(nothing).toEqual({ nodes: [], edges: [], settings: [] });
  const all = diffTexts("type: pipeline\njobs: {}\n", text);
  expect(all.nodes.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => "added"));
});
