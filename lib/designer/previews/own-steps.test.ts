import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storeBlob } from "#lib/files/commands.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import { bareEnvironments } from "../../runner/testing/runs.ts";
import { until } from "../testing/client.ts";
import { type PreviewStudio, type Question, startPreviewStudio } from "../testing/preview-studio.ts";

/** Steps that are programs of their own, on a sample and without a run. */

let previews: PreviewStudio;
let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  previews = await startPreviewStudio();
  ({ studio, workspace } = previews);
  const rows = Array.from({ length: 12_000 }, (_, at) => `${at},"of\nmany"\n`).join("");
  const { services } = studio;
  const body = Readable.from([Buffer.from(`id,word\n${rows}`)]);
  const { sha256 } = await storeBlob(services, studio.workspace.id, body);
  await studio.api.datasets.create({ workspace, name: "many", source: { sha256, fileName: "many.csv" } });
  const { api } = studio;
  await until(async () => {
    const { versions } = await api.datasets.get({ workspace, name: "many" });
    return versions[0]?.rowCount === 12_000;
  }, 30_000);
  const environment = bareEnvironments.local;
  const spec = { type: "command", environment, outputs: { table: { type: "uri_folder" } } };
  await api.components.create({
    workspace,
    spec: {
      ...spec,
      name: "count_rows",
      inputs: { data: { type: "uri_file" }, label: { type: "string", default: "rows" } },
      outputs: { ...spec.outputs, n: { type: "integer" } },
      command: [
        `printf 'label,n\\n%s,%s\\n' "\${{inputs.label}}" "$(grep -c many "\${{inputs.data}}")" > \${{outputs.table}}/count.csv`,
        `grep -c many "\${{inputs.data}}" > \${{outputs.n}}`,
      ].join("\n"),
    },
  });
  // The first one waits for the environment and its worker.
  const warm = module("enter_data_manually", "warm", `data: "a\\n1\\n"`);
  await answer({ node: "warm", text: pipeline(warm) }, 240_000);
}, 300_000);

afterAll(() => previews?.close());

const ask = (question: Question) => previews.ask(question);

const answer = (question: Question, timeoutMs = 60_000) => previews.answer(question, timeoutMs);

function module(name: string, node: string, ...inputs: string[]): string {
  return `  ${node}:
    component: azureml://registries/atelier/components/${name}
    inputs:
${inputs.map((line) => `      ${line}\n`).join("")}`;
}

const pipeline = (jobs: string) => `type: pipeline
settings: {default_compute: azureml:local}
inputs:
  many: {type: uri_file, path: azureml:many@latest}
jobs:
${jobs}`;

const counting = (label: string) => `  count:
    component: azureml:count_rows@latest
    inputs:
      data: \${{parent.inputs.many}}
      label: ${label}
`;

it("shows what a program makes of a sample, when it is asked to, and computes what follows", async () => {
  const text = pipeline(
    counting("all") + module("clean_missing_data", "clean", "dataset: ${{parent.jobs.count.outputs.table}}"),
  );
  const at = { node: "count", port: "table", text };
  expect(await ask(at)).toMatchObject({ status: "on_request", heavyNodes: ["count"], origin: null });
  expect(await ask({ node: "clean", text })).toMatchObject({ status: "on_request", heavyNodes: ["count"] });
  const table = await answer({ ...at, heavy: true });
  expect(table).toMatchObject({
    error: null,
    status: "ready",
    origin: null,
    hasRows: true,
    // A row goes over two lines, of which the last of the sample is whole.
    result: { kind: "table", rows: 1, sampled: true, head: [["all", 10_000]] },
  });
  // It is known from now on: nobody has to ask again, neither here nor for what follows.
  expect((await ask(at)).status).toBe("ready");
  const clean = await answer({ node: "clean", text });
  expect(clean).toMatchObject({ status: "ready", result: { kind: "table", head: [["all", 10_000]] } });
  const value = await answer({ node: "count", port: "n", text });
  expect(value.result).toMatchObject({ kind: "facts", facts: [{ name: "Value", value: "10000" }] });
  // Another parameter makes it another one.
  const edited = text.replace("label: all", "label: some");
  expect(await ask({ ...at, text: edited })).toMatchObject({ status: "on_request", heavyNodes: ["count"] });
}, 120_000);

it("feeds values to parameters, and works inside of pipeline components", async () => {
  await studio.api.components.create({
    workspace,
    spec: {
      type: "pipeline",
      name: "counted_twice",
      inputs: { data: { type: "uri_file" } },
      outputs: { result: { type: "uri_folder" } },
      jobs: {
        first: {
          type: "command",
          component: "azureml:count_rows@latest",
          inputs: { data: "${{parent.inputs.data}}" },
        },
        second: {
          type: "command",
          component: "azureml:count_rows@latest",
          inputs: { data: "${{parent.inputs.data}}", label: "${{parent.jobs.first.outputs.n}}" },
          outputs: { table: "${{parent.outputs.result}}" },
        },
      },
    },
  });
  const text = pipeline(`  twice:
    type: pipeline
    component: azureml:counted_twice@latest
    inputs: {data: "\${{parent.inputs.many}}"}
`);
  const at = { node: "twice", port: "result", text };
  expect(await ask(at)).toMatchObject({ status: "on_request", heavyNodes: ["twice"] });
  expect(await answer({ ...at, heavy: true })).toMatchObject({
    error: null,
    result: { kind: "table", head: [[10_000, 10_000]] },
  });
}, 120_000);

it("hands a module's table to a port of one file as its Parquet file", async () => {
  const text = pipeline(`${module("enter_data_manually", "typed", `data: "a\\n1\\n"`)}  own:
    type: command
    command: 'basename \${{inputs.data}} > \${{outputs.name}}'
    environment: {pip_file: []}
    inputs:
      data: {type: uri_file, path: "\${{parent.jobs.typed.outputs.dataset}}"}
    outputs: {name: {type: string}}
`);
  const { error, result } = await answer({ node: "own", port: "name", text, heavy: true });
  expect(error).toBeNull();
  expect(result?.facts).toEqual([{ name: "Value", value: "data.parquet" }]);
}, 120_000);

it("reads what a program wrote as a table where it is one: several files, an MLTable folder", async () => {
  const writing = (commands: string, type: string) =>
    pipeline(`  own:
    type: command
    command: ${JSON.stringify(commands)}
    environment: {pip_file: []}
    outputs: {table: {type: ${type}}}
`);
  const rows = async (commands: string, type = "uri_folder") => {
    const text = writing(commands.replaceAll("OUT", "${{outputs.table}}"), type);
    const { error, result } = await answer({ node: "own", port: "table", text, heavy: true });
    expect(error).toBeNull();
    return result;
  };
  const files = await rows("printf 'a;b\n1;2\n' > OUT/x.csv; printf 'a;b\n3;4\n' > OUT/y.csv");
  expect(files).toMatchObject({ kind: "table", rows: 2, sampled: false });
  const table = await rows(
    "printf 'a|b\n1|2\n' > OUT/x.txt; printf 'paths:\n- file: ./x.txt\ntransformations:\n- read_delimited: {delimiter: \"|\"}\n' > OUT/MLTable",
    "mltable",
  );
  expect(table).toMatchObject({ kind: "table", rows: 1, head: [[1, 2]] });
  const others = await rows("echo hello > OUT/notes.md; printf 'a\n1\n' > OUT/x.csv");
  expect(others).toMatchObject({ kind: "facts", facts: [{ name: "notes.md" }, { name: "x.csv" }] });
}, 120_000);

it("says what its program said when it fails, and what is not connected", async () => {
  const program = (command: string) =>
    pipeline(`  own:
    type: command
    command: ${JSON.stringify(command)}
    environment: {pip_file: []}
    outputs: {table: {type: uri_folder}}
`);
  const text = program("echo reading; echo 'ValueError: no such year' >&2; exit 3");
  const failed = await answer({ node: "own", port: "table", text, heavy: true });
  expect(failed).toMatchObject({
    status: "failed",
    error: {
      code: "USER_ERROR",
      node: "own",
      message: expect.stringContaining("ValueError: no such year"),
      hint: expect.stringContaining("reading"),
    },
  });
  // It stays so until somebody wants another try; asking alone would go round in circles.
  const at = { node: "own", port: "table", text, heavy: true };
  expect((await ask(at)).status).toBe("failed");
  expect((await ask({ ...at, again: true })).status).toBe("queued");
  await until(async () => (await ask(at)).status === "failed", 30_000);
  // It has no key to the studio, and nothing of it is left.
  const clean = program("env > ${{outputs.table}}/env.txt");
  const { result } = await answer({ node: "own", port: "table", text: clean, heavy: true });
  expect(result?.facts.map(({ name }) => name)).toEqual(["env.txt"]);
  const loose = pipeline(counting("x").replace("data: ${{parent.inputs.many}}", "label2: 1")).replace(
    "      label2: 1\n",
    "",
  );
  expect((await ask({ node: "count", port: "table", text: loose })).error).toMatchObject({
    node: "count",
    parameter: "data",
  });
  expect((await ask({ node: "count", port: "nothing", text: pipeline(counting("x")) })).error).toMatchObject({
    code: "NO_PORT",
  });
}, 120_000);

it("ends the program of a preview that nobody waits for any more", async () => {
  const text = pipeline(`  slow:
    type: command
    command: sleep 300
    environment: {pip_file: []}
    outputs: {table: {type: uri_folder}}
`);
  const more = text.replaceAll("sleep 300", "sleep 301");
  const asked = await ask({ node: "slow", port: "table", text, heavy: true });
  const second = await ask({ node: "slow", port: "table", text: more, heavy: true });
  expect([asked.status, second.status]).toEqual(["queued", "queued"]);
  const steps = () => Promise.all([text, more].map((one) => ask({ node: "slow", port: "table", text: one })));
  await until(async () => (await steps()).every(({ progress }) => progress?.step === 1), 30_000);
  // What is light is shown meanwhile.
  const light = pipeline(module("enter_data_manually", "light", `data: "b\\n2\\n"`));
  expect((await answer({ node: "light", text: light }, 10_000)).status).toBe("ready");
  for (const { key } of [asked, second]) await studio.api.designer.cancelPreview({ workspace, key });
  await until(async () => {
    const [open] = await studio.services.sql`
      select count(*)::int as count from tasks where kind like 'preview.compute%' and status in ('queued', 'running')`;
    return open?.count === 0;
  }, 30_000);
  expect(await ask({ node: "slow", port: "table", text })).toMatchObject({ status: "on_request" });
}, 60_000);
