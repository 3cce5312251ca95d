import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attempts, runPorts, runs } from "#db/schema/index.ts";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { createTree } from "#lib/files/commands.ts";
import { runArtifactsPrefix } from "#lib/files/keys.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
});

afterAll(() => studio?.close());

beforeEach(async () => {
  await studio.services.db.delete(runs);
});

const job = { command: "python train.py", environment: { image: "x" } };
const submit = (more: Record<string, unknown> = {}) =>
  studio.api.runs.submit({ workspace, spec: { ...job, ...more } });

async function put(content: string): Promise<string> {
  const response = await studio.fetch("/blobs", { method: "PUT", body: content });
  return ((await response.json()) as { sha256: string }).sha256;
}

/** What a runner does at the end of a run, as far as others see it. */
async function finish(name: string, output?: { name: string; files: Record<string, string> }): Promise<void> {
  const { db } = studio.services;
  const [run] = await db
    .update(runs)
    .set({ status: "Completed", endedAt: new Date() })
    .where(eq(runs.name, name))
    .returning();
  await db
    .update(attempts)
    .set({ state: "ended" })
    .where(eq(attempts.runId, run?.id ?? ""));
  if (!output) return;
  const files = await Promise.all(
    Object.entries(output.files).map(async ([path, content]) => ({ path, sha256: await put(content) })),
  );
  const { digest } = await createTree(db, studio.workspace.id, files);
  await db
    .update(runPorts)
    .set({ source: { kind: "tree", digest } })
    .where(eq(runPorts.name, output.name));
}

describe("submitting", () => {
  it("answers with the run as it waits, every default in its place", async () => {
    const run = await submit({ tags: { goal: "less" }, experiment_name: "e1", description: "why" });
    expect(run.name).toMatch(/^[a-z]+_[a-z]+_[0-9a-z]{10}$/);
    expect(run).toMatchObject({
      status: "NotStarted",
      type: "command",
      origin: "studio",
      compute: "docker",
      environment: "x",
      experimentName: "e1",
      description: "why",
      tags: { goal: "less" },
      createdBy: { name: "Ada" },
      limits: { cpus: 2, memoryMib: 4096, timeoutMs: null },
      queuePosition: 0,
      command: "python train.py",
      job: { command: "python train.py", type: "command" },
    });
    expect(run.studioUrl).toMatch(new RegExp(`/${workspace}/runs/${run.name}$`));
    expect((await submit()).queuePosition).toBe(1);
  });

  it("reads YAML with uploads in place of local paths, and says the line of a mistake", async () => {
    const code = (
      await studio.api.files.createTree({ workspace, files: [{ path: "a.py", sha256: await put("1") }] })
    ).digest;
    const spec =
      "code: ./src\ncommand: cat ${{inputs.d}}\ninputs:\n  d: {path: ../data.csv, type: uri_file}\nenvironment: {image: x}\n";
    const sha256 = await put("x\n");
    const run = await studio.api.runs.submit({
      workspace,
      spec,
      code,
      uploads: { d: { sha256, fileName: "data.csv" } },
    });
    expect(run.snapshot).toMatchObject({ digest: code, fileCount: 1 });
    expect(run.inputs).toMatchObject([
      {
        name: "d",
        type: "uri_file",
        available: true,
        uri: expect.stringContaining(`LocalUpload/${sha256}/data.csv`),
      },
    ]);
    expect(run.specText).toBe(spec);
    await expect(
      studio.api.runs.submit({
        workspace,
        spec: "comand: x\nenvironment: {image: x}\n",
        fileName: "job.yml",
      }),
    ).rejects.toMatchObject({
      status: 400,
      data: {
        issues: expect.arrayContaining([expect.objectContaining({ path: "comand", location: "job.yml:1" })]),
      },
    });
  });

  it("fixes the version that a label means, and takes the type of what is named", async () => {
    const { db } = studio.services;
    const source = { kind: "blob" as const, sha256: await put("a,b\n"), fileName: "bank.csv", sizeBytes: 4 };
    const base = {
      workspaceId: studio.workspace.id,
      kind: "dataset" as const,
      name: "bank",
      type: "uri_file",
      source,
    };
    await createAssetVersion(db, base);
    const run = await submit({ inputs: { data: { path: "azureml:bank@latest" } } });
    await createAssetVersion(db, base);
    const again = await studio.api.runs.rerun({ workspace, run: run.name });
    for (const { inputs } of [run, again]) {
      expect(inputs).toMatchObject([
        {
          name: "data",
          type: "uri_file",
          uri: "azureml:bank:1",
          asset: { kind: "dataset", name: "bank", version: "1" },
        },
      ]);
    }
  });

  it("takes the output of an earlier run, whole or a part of it", async () => {
    const first = await submit({ outputs: { scores: {} } });
    await finish(first.name, { name: "scores", files: { "a/1.txt": "1", "a/2.txt": "2", "b.txt": "3" } });
    const at = (path: string) => ({ path: `azureml://jobs/${first.name}/outputs/scores/paths/${path}` });
    const second = await submit({ inputs: { all: at(""), folder: at("a/"), file: at("b.txt") } });
    const listed = async (of: string) =>
      (await studio.api.runs.files({ workspace, run: second.name, of })).items.map((file) => file.path);
    expect(await listed("inputs.all")).toEqual(["a/1.txt", "a/2.txt", "b.txt"]);
    expect(await listed("inputs.folder")).toEqual(["1.txt", "2.txt"]);
    expect(await listed("inputs.file")).toEqual(["b.txt"]);
    expect(second.inputs.find((input) => input.name === "file")?.type).toBe("uri_file");
  });

  it.each([
    ["inputs.d", { inputs: { d: { path: "azureml:none:1" } } }],
    ["inputs.d", { inputs: { d: { path: "azureml://jobs/none/outputs/x/paths/" } } }],
    ["inputs.d", { inputs: { d: { path: "azureml://datastores/other/paths/x" } } }],
    ["inputs.d", { inputs: { d: { path: "https://example.com/a.csv", type: "uri_file" } } }],
    ["environment", { environment: "azureml:none:1" }],
    ["environment", { environment: "azureml:AzureML-tensorflow-2.12@latest" }],
    ["compute", { compute: "gpu-cluster" }],
    ["compute", { compute: "local" }],
    ["code", { code: "azureml:0:1" }],
  ])("names %s when it is not to be had", async (path, more) => {
    await expect(submit(more)).rejects.toMatchObject({ status: 400, data: { issues: [{ path }] } });
    const report = await studio.api.runs.validate({ workspace, spec: { ...job, ...more } });
    expect(report).toMatchObject({ result: "Failed", errors: [{ path }] });
  });

  it("warns where it goes on all the same", async () => {
    const spec = { ...job, compute: "azureml:cpu-cluster" };
    const report = await studio.api.runs.validate({ workspace, spec });
    expect(report).toMatchObject({ result: "Succeeded", errors: [], warnings: [{ path: "compute" }] });
    expect((await submit({ compute: "azureml:cpu-cluster" })).compute).toBe("docker");
  });

  it("refuses a name that is taken", async () => {
    await submit({ name: "mine" });
    await expect(submit({ name: "mine" })).rejects.toMatchObject({ status: 409 });
  });
});

describe("looking", () => {
  it("finds runs by words, fields and the search language, in pages that neither skip nor repeat", async () => {
    for (let i = 0; i < 7; i++) {
      await submit({
        display_name: `try ${i}`,
        experiment_name: i % 2 ? "odd" : "even",
        tags: { n: String(i) },
      });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await studio.api.runs.list({ workspace, limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((run) => run.displayName));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `try ${i}`));
    const names = async (query: object) => {
      const page = await studio.api.runs.list({ workspace, ...query });
      expect(page.total).toBe(page.items.length);
      return page.items.map((run) => run.displayName);
    };
    expect(await names({ search: "y 3" })).toEqual(["try 3"]);
    expect(await names({ experiment: "odd" })).toEqual(["try 5", "try 3", "try 1"]);
    expect(await names({ filter: 'tags.n = "4"' })).toEqual(["try 4"]);
    expect(await names({ filter: 'name like "try %"', sort: "name asc", mine: true })).toHaveLength(7);
    expect(await names({ status: "Completed,Failed" })).toEqual([]);
    expect(await names({ experiment: "none" })).toEqual([]);
  });

  it("takes runs out of the lists and back", async () => {
    const { name } = await submit();
    const listed = async (view?: "archived") =>
      (await studio.api.runs.list({ workspace, ...(view ? { view } : {}) })).items.map((run) => run.name);
    await expect(studio.api.runs.archive({ workspace, run: name })).rejects.toMatchObject({ status: 409 });
    await expect(studio.api.runs.delete({ workspace, run: name })).rejects.toMatchObject({ status: 409 });
    await studio.api.runs.cancel({ workspace, run: name });
    expect(await studio.api.runs.archive({ workspace, run: name })).toMatchObject({ archived: true });
    expect([await listed(), await listed("archived")]).toEqual([[], [name]]);
    await studio.api.runs.delete({ workspace, run: name });
    expect([await listed(), await listed("archived")]).toEqual([[], []]);
    expect(await studio.api.runs.restore({ workspace, run: name })).toMatchObject({
      archived: false,
      deleted: false,
    });
    expect(await listed()).toEqual([name]);
  });

  it("changes what is said about a run", async () => {
    const { name } = await submit({ tags: { a: "1", b: "2" } });
    const change = { displayName: "better", description: "**why**", tags: { b: "3" } };
    expect(await studio.api.runs.update({ workspace, run: name, ...change })).toMatchObject(change);
  });

  it("packs everything that a run left into one archive, as a job download has it", async () => {
    const { name } = await submit({ outputs: { scores: {} } });
    const prefix = runArtifactsPrefix(studio.workspace.id, name);
    await studio.services.store.put(`${prefix}outputs/model.txt`, Buffer.from("m"));
    expect((await studio.api.runs.files({ workspace, run: name })).items).toEqual([]);
    await finish(name, { name: "scores", files: { "a.csv": "1" } });
    const zip = Buffer.from(await (await studio.fetch(`/runs/${name}/zip?of=all`)).arrayBuffer());
    const text = zip.toString("latin1");
    expect(zip.subarray(0, 2).toString()).toBe("PK");
    expect(text).toContain("artifacts/outputs/model.txt");
    expect(text).toContain("named-outputs/scores/a.csv");
    const file = await studio.fetch(`/runs/${name}/file?path=outputs/model.txt`);
    expect(await file.text()).toBe("m");
    expect((await studio.fetch(`/runs/${name}/file?path=../../x`)).status).toBe(400);
    expect((await studio.fetch(`/runs/${name}/file?path=none`)).status).toBe(404);
    expect((await studio.fetch("/runs/none/log")).status).toBe(404);
  });
});
