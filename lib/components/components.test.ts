import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { canConnect, type PortType } from "./model.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
}, 60_000);

afterAll(() => studio?.close());

const count = {
  name: "count",
  description: "Counts rows",
  tags: { team: "a" },
  inputs: { table: { type: "uri_folder" }, least: { type: "integer", default: 1, min: 1 } },
  outputs: { counts: { type: "uri_folder" } },
  environment: { image: "x" },
  command: "count ${{inputs.table}} ${{inputs.least}} ${{outputs.counts}}",
};
const create = (spec: Record<string, unknown>) => studio.api.components.create({ workspace, spec });

describe("components of a workspace", () => {
  it("get the numbers 1, 2, … without a gap, also when twenty are made at once", async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => create({ ...count, name: "many", command: `echo ${index}` })),
    );
    const versions = made.map(({ version }) => Number(version)).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it("keep their interface; the same version with other content is refused", async () => {
    const made = await create({ ...count, version: "1" });
    expect(made.definition).toMatchObject({
      kind: "command",
      ref: "azureml:count:1",
      inputs: [{ name: "table", type: "uri_folder", optional: false }],
      parameters: [{ name: "least", type: "integer", default: 1, min: 1, optional: true }],
      outputs: [{ name: "counts" }],
    });
    expect(await create({ ...count, version: "1", display_name: "Other words" })).toMatchObject({
      version: "1",
    });
    await expect(create({ ...count, version: "1", command: "other" })).rejects.toThrow("exists already");
    expect((await create({ ...count, version: "2", command: "other" })).definition.digest).not.toBe(
      made.definition.digest,
    );
    expect(
      (await studio.api.components.get({ workspace, component: "count", version: "@latest" })).version,
    ).toBe("2");
  });

  it("say what is wrong with them", async () => {
    await expect(create({ ...count, name: undefined })).rejects.toThrow("name is required");
    await expect(create({ ...count, command: "${{inputs.tabel}}" })).rejects.toThrow("Did you mean “table”?");
    await expect(create({ ...count, code: `azureml://codes/${"0".repeat(64)}/versions/1` })).rejects.toThrow(
      "not uploaded",
    );
    await expect(create({ ...count, name: "enter_data_manually" })).rejects.toThrow("ships with the studio");
    const outer = {
      name: "outer",
      type: "pipeline",
      inputs: { raw: { type: "uri_folder" } },
      jobs: { a: { component: "azureml:count:1", inputs: { tabel: "${{parent.inputs.raw}}" } } },
    };
    await expect(create(outer)).rejects.toThrow(
      "jobs.a.inputs.tabel “a” has no input “tabel”. Did you mean “table”?",
    );
  });

  it("stand in the palette beside the modules; an unchanged palette is not sent again", async () => {
    const palette = await studio.api.components.palette({ workspace });
    expect(
      palette.items.filter(({ kind }) => kind !== "module").map(({ name, version }) => `${name}:${version}`),
    ).toEqual(["count:2", "many:20"]);
    expect(palette.groups.at(-1)).toEqual({ name: "components", title: "My components" });
    expect(
      palette.items.some(({ kind, category }) => kind === "module" && category === "data_transformation"),
    ).toBe(true);
    const again = await studio.api.components.palette({ workspace, etag: palette.etag });
    expect(again).toMatchObject({ unchanged: true, items: [] });
    await studio.api.components.archive({ workspace, component: "many" });
    const after = await studio.api.components.palette({ workspace, etag: palette.etag });
    expect(after.unchanged).toBe(false);
    expect(after.items.some(({ name }) => name === "many")).toBe(false);
    expect((await studio.api.components.resolve({ workspace, ref: "azureml:many:3" })).version).toBe("3");
  });

  it("know the pipelines that use them", async () => {
    const input = { type: "uri_folder", path: "https://data.example/x/", mode: "direct" };
    const jobs = {
      a: { component: "azureml:count:1", inputs: { table: input } },
      b: { component: "atelier:enter_data_manually", inputs: { data: "a\n1\n" } },
    };
    const run = await studio.api.runs.submit({
      workspace,
      spec: { type: "pipeline", display_name: "User", jobs },
    });
    const { items } = await studio.api.components.uses({ workspace, component: "count" });
    expect(items).toMatchObject([
      { kind: "run", name: run.name, displayName: "User", version: "1", nodes: ["a"] },
    ]);
    expect((await studio.api.components.uses({ workspace, component: "count", version: "2" })).items).toEqual(
      [],
    );
    expect(
      (await studio.api.components.uses({ workspace, component: "enter_data_manually" })).items.length,
    ).toBe(1);
  });
});

describe("what uses a component", () => {
  const inner = { ...count, name: "tidy" };
  const outer = {
    name: "tidy_all",
    display_name: "Tidy all",
    type: "pipeline",
    inputs: { raw: { type: "uri_folder" } },
    jobs: { first: { component: "azureml:tidy:1", inputs: { table: "${{parent.inputs.raw}}" } } },
  };
  const usesOf = (component: string, more: { version?: string; limit?: number; cursor?: string } = {}) =>
    studio.api.components.uses({ workspace, component, ...more });

  it("are drafts, pipeline components and runs, also of a component that was opened to its steps", async () => {
    await create(inner);
    await create(outer);
    const text = `type: pipeline
inputs: {x: {type: uri_folder, path: "https://data.example/x/", mode: direct}}
jobs:
  all: {component: azureml:tidy_all@latest, inputs: {raw: "\${{parent.inputs.x}}"}}
  tidy: {command: ls, environment: {image: x}}
`;
    const draft = await studio.api.designer.create({ workspace, name: "Tidying", text });
    const run = await studio.api.runs.submit({ workspace, spec: text });
    expect((await usesOf("tidy_all")).items).toMatchObject([
      { kind: "draft", name: draft.id, displayName: "Tidying", version: null, nodes: ["all"] },
      { kind: "run", name: run.name, version: "1", nodes: ["all"] },
    ]);
    expect((await usesOf("tidy")).items).toMatchObject([
      { kind: "component", name: "tidy_all:1", displayName: "Tidy all", version: "1", nodes: ["first"] },
      { kind: "run", name: run.name, version: "1", nodes: ["all.first"] },
    ]);
    expect((await usesOf("tidy", { version: "2" })).items).toEqual([]);
    const [one, two] = [await usesOf("tidy", { limit: 1 }), (await usesOf("tidy")).items[1]];
    const next = await usesOf("tidy", { limit: 1, cursor: one.nextCursor ?? "" });
    expect([one.items[0]?.kind, next.items, next.nextCursor]).toEqual(["component", [two], null]);
  });

  it("are listed by kind, in whole pages", async () => {
    const list = (kind: "command" | "pipeline", cursor?: string) =>
      studio.api.components.list({ workspace, kind, limit: 1, ...(cursor ? { cursor } : {}) });
    const pipelines = await list("pipeline");
    expect(pipelines).toMatchObject({ items: [{ name: "tidy_all" }], nextCursor: null, total: 1 });
    const commands = await list("command");
    const more = await list("command", commands.nextCursor ?? "");
    expect([...commands.items, ...more.items].map(({ name }) => name)).toEqual(["tidy", "count"]);
    expect([commands.total, more.nextCursor]).toEqual([2, null]);
  });
});

it.each<[PortType, PortType, string | null]>([
  ["data_frame", "data_frame", null],
  ["uri_file", "data_frame", null],
  ["data_frame", "mltable", null],
  ["trained_model", "custom_model", null],
  ["custom_model", "trained_model", null],
  ["transform", "uri_folder", null],
  ["data_frame", "trained_model", "Needs a trained model, this is a table"],
  ["untrained_model", "data_frame", "Needs a table, this is an untrained model"],
  ["trained_model", "transform", "Needs a transform, this is a trained model"],
  ["uri_folder", "trained_model", "Needs a trained model, this is a folder"],
])("%s → %s: %s", (from, to, reason) => {
  const answer = canConnect(from, to);
  expect(answer.ok ? null : answer.reason).toBe(reason);
});
