import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { seedComputeTargets } from "#lib/computes/seed.ts";
import { getDatasetVersion, listDatasets } from "#lib/datasets/queries.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { validatePipeline } from "#lib/pipelines/validate-pipeline.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { makeTables, toCsv } from "../../../sample/pipelines/tables.ts";
import { samplePipelineNames, sampleTables } from "./sample-list.ts";
import { findSampleTables, prepareSamplePipeline, readSamplePipelines } from "./samples.ts";

describe("the files", () => {
  it("are what the generator makes, and small", async () => {
    const tables = makeTables();
    expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(sampleTables).sort());
    for (const table of tables) {
      const text = await readFile(join("sample/pipelines/data", `${table.name}.csv`), "utf8");
      expect(text === toCsv(table), `${table.name} is as it is made`).toBe(true);
      expect(text.length).toBeLessThan(400 * 1024);
    }
  });

  it("place every node and every input on the canvas, on its grid", async () => {
    for (const { name, text } of await readSamplePipelines()) {
      const { jobs, inputs, designer } = parse(text);
      const names = [...Object.keys(jobs), ...Object.keys(inputs).map((input) => `inputs.${input}`)];
      expect(Object.keys(designer.positions).sort(), name).toEqual(names.sort());
      for (const [x, y] of Object.values<[number, number]>(designer.positions)) {
        expect([x % 8, y % 8], name).toEqual([0, 0]);
      }
    }
  });
});

describe("making one ready", () => {
  let services: TestServices;
  let workspace: TestWorkspace;
  beforeAll(async () => {
    services = await createTestServices();
    workspace = await createTestWorkspace(services.db);
  });
  afterAll(async () => {
    getTableService(services).engine.close();
    await services.drop();
  });
  const prepare = (name: string) => prepareSamplePipeline(services, workspace.id, workspace.userId, name);

  it("brings in its tables once", async () => {
    for (const name of samplePipelineNames) await prepare(name);
    await prepare("clustering");
    const { items } = await listDatasets(services.db, { workspaceId: workspace.id, limit: 50 });
    expect(items.map(({ name }) => name).sort()).toEqual(Object.keys(sampleTables).sort());
    expect(items.every(({ versionCount }) => versionCount === 1)).toBe(true);
    const bank = await getDatasetVersion(services.db, workspace.id, "sample-bank-clients", "@latest");
    expect([bank.rowCount, bank.columns?.length]).toEqual([4000, 15]);
  });

  it("gives pipelines without a fault", async () => {
    await seedComputeTargets(services.db, workspace.id);
    for (const name of samplePipelineNames) {
      const { text } = await prepare(name);
      // No runner has looked at the targets of this workspace, so none is named by itself.
      const named = text.replace("settings:\n", "settings:\n  default_compute: azureml:docker\n");
      const report = await validatePipeline(services.db, workspace.id, { spec: named });
      expect([name, report.faults, report.warnings]).toEqual([name, [], []]);
      expect(report.graphHash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("names the tables that a text reads, and refuses a sample that there is not", async () => {
    const { text } = await prepare("regression");
    expect(findSampleTables(text)).toEqual(["sample-cab-trips"]);
    await expect(prepare("poetry")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
