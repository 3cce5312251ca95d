import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runs } from "#db/schema/index.ts";
import { isAppError } from "#lib/core/errors.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import { samplePipelineNames } from "../samples/sample-list.ts";
import { prepareSamplePipeline } from "../samples/samples.ts";
import { type BankStudio, bankPipeline, startBankStudio } from "../testing/bank-studio.ts";

let bank: BankStudio;
let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  bank = await startBankStudio();
  ({ studio, workspace } = bank);
}, 60_000);

afterAll(() => studio?.close());

beforeEach(async () => {
  await studio.services.db.delete(runs);
});

async function refused(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
  } catch (error) {
    const { data } = error as { data?: { issues?: { path: string; message: string; location?: string }[] } };
    if (isAppError(error) || !data?.issues) throw error;
    return data.issues.map(({ path, message, location }) => `${location ?? ""} ${path}: ${message}`.trim());
  }
  throw new Error("it was not refused");
}

describe("refusing a pipeline", () => {
  it("names node, port and line, and leaves nothing behind", async () => {
    const text = bankPipeline
      .replace("${{parent.jobs.prepare.outputs.clean}}", "${{parent.jobs.prepare.outputs.cleaned}}")
      .replace("azureml:prepare:1", "azureml:prepare:7")
      .replace('{raw: "${{parent.inputs.bank}}", ', "{");
    expect(await refused(studio.api.runs.submit({ workspace, spec: text, fileName: "p.yml" }))).toEqual([
      "p.yml:16 jobs.prepare.component: The component “prepare” has no such version, which the step “prepare” names: azureml:prepare:7.",
    ]);
    const port = bankPipeline.replace(
      "${{parent.jobs.prepare.outputs.clean}}",
      "${{parent.jobs.prepare.outputs.cleaned}}",
    );
    expect(await refused(studio.api.runs.submit({ workspace, spec: port, fileName: "p.yml" }))).toEqual([
      "p.yml:24 jobs.parts.inputs.data: The step “prepare” has no output “cleaned”. Did you mean “clean”?",
    ]);
    expect(await bank.rows()).toEqual([]);
  });

  it("names what is not there: data, environments, code", async () => {
    const text = `type: pipeline
inputs:
  gone: {type: uri_folder, path: azureml:gone:3}
jobs:
  a:
    component: azureml:prepare:1
    inputs: {raw: "\${{parent.inputs.gone}}"}
    environment: azureml:nothing:1
  b:
    component: azureml:prepare:1
    inputs: {raw: {type: uri_folder, path: azureml:gone@latest}}
  c:
    command: ls
    code: azureml://codes/${"0".repeat(64)}/versions/1
    environment: {image: x}
`;
    expect(await refused(studio.api.runs.submit({ workspace, spec: text, fileName: "p.yml" }))).toEqual([
      "p.yml:3 inputs.gone: There is no dataset azureml:gone:3 in this workspace.",
      "p.yml:8 jobs.a.environment: There is no environment azureml:nothing:1 in this workspace.",
      "p.yml:11 jobs.b.inputs.raw: There is no dataset azureml:gone@latest in this workspace.",
      "p.yml:14 jobs.c.code: The folder is not uploaded to this workspace.",
    ]);
    expect(await bank.rows()).toEqual([]);
  });

  it("answers the faults of a drawing, and the graph of what can be read", async () => {
    const report = await studio.api.pipelines.validate({
      workspace,
      spec: { type: "pipeline", jobs: { a: { component: "azureml:prepare:1" }, b: { inputs: 3 } } },
    });
    expect(report.graph?.nodes.map(({ name }) => name)).toEqual(["a"]);
    expect(report.faults.map(({ node, port, message }) => [node, port, message])).toEqual([
      ["b", undefined, "needs component, or command and environment."],
      ["a", "raw", "“a” needs the input “raw”, which is not set."],
    ]);
    expect(report.graphHash).toBeNull();
    const job = await studio.api.pipelines.validate({
      workspace,
      spec: { command: "ls", environment: { image: "x" } },
    });
    expect(job.faults[0]?.path).toBe("type");
  });
});

it.each(samplePipelineNames)("finds nothing wrong with the sample %s", async (name) => {
  const { text } = await prepareSamplePipeline(
    studio.services,
    studio.workspace.id,
    studio.workspace.userId,
    name,
  );
  const report = await studio.api.pipelines.validate({ workspace, spec: text });
  expect(report.faults.map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
  expect(report.graphHash).toMatch(/^[0-9a-f]{64}$/);
});
