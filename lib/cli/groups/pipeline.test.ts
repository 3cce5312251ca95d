import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asc, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runs } from "#db/schema/index.ts";
import type { PipelinePlan } from "#lib/pipelines/model.ts";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";

const fixtures = join(import.meta.dirname, "..", "..", "pipelines", "testing", "azureml");

let cli: TestCli;

interface Report {
  result: string;
  errors: { path: string; message: string; location?: string }[];
  warnings: { path: string; message: string }[];
}

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
  await cp(fixtures, cli.folder, { recursive: true });
  await cli.json("data create -n articles --type uri_folder --path https://data.example/articles/");
}, 120_000);

afterAll(() => cli?.close());

/** The plan of the newest pipeline. */
async function planOf(name: string): Promise<PipelinePlan> {
  const rows = await cli.studio.services.db
    .select()
    .from(runs)
    .where(isNotNull(runs.plan))
    .orderBy(asc(runs.id));
  const row = rows.find((run) => run.name === name);
  if (!row?.plan) throw new Error(`${name} has no plan`);
  return row.plan as unknown as PipelinePlan;
}

async function create(
  folder: string,
): Promise<{ plan: PipelinePlan; stderr: string; job: Record<string, unknown> }> {
  const { code, stdout, stderr } = await cli.run(`job create -f ${folder}/pipeline.yml`);
  if (code !== 0) throw new Error(stderr);
  const job = JSON.parse(stdout) as Record<string, unknown>;
  return { plan: await planOf(String(job.name)), stderr, job };
}

describe("pipelines written for elsewhere", { timeout: 120_000 }, () => {
  it("a pool of any name is made on the one engine", async () => {
    const pool = await cli.json(
      "compute create -n cpu-cluster --type amlcompute --min-instances 0 --max-instances 4",
    );
    expect(pool).toMatchObject({ name: "cpu-cluster", max_instances: 4 });
  });

  it("component files beside the pipeline go with it, their code uploaded once", async () => {
    const { plan, stderr, job } = await create("train-score-evaluate");
    expect(job).toMatchObject({
      type: "pipeline",
      display_name: "train_score_evaluate",
      experiment_name: "wine",
    });
    expect(stderr).toContain("Code ./train_src: 1 file");
    expect(stderr.match(/Input \.\/data/g)).toHaveLength(1);
    expect(plan.nodes.map(({ name, needs, compute }) => [name, needs, compute])).toEqual([
      ["train_job", [], "cpu-cluster"],
      ["score_job", ["train_job"], "cpu-cluster"],
      ["evaluate_job", ["score_job"], "cpu-cluster"],
    ]);
    expect(plan.nodes[0]).toMatchObject({
      component: { name: "train_wine", version: "9" },
      parameters: { max_epochs: 20, learning_rate: 0.0018, learning_rate_schedule: "time-based" },
      environment: { name: "sklearn-1.5" },
      command: { codeDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      outputs: { model_output: { mode: "upload", pipelineOutput: "model_output" } },
    });
    expect(plan.nodes[1]?.environment.definition).toMatchObject({ kind: "conda" });
    expect(plan.nodes[2]).toMatchObject({ isDeterministic: false, component: { version: "1.10" } });
  });

  it("commands written out in their steps", async () => {
    const { plan } = await create("inline-steps");
    expect(plan.nodes.map(({ name }) => name).sort()).toEqual(["hello_job", "script_job", "world_job"]);
    const script = plan.nodes.find(({ name }) => name === "script_job");
    expect(script).toMatchObject({
      parameters: { greeting: "good morning" },
      environment: { name: "sklearn-1.5" },
    });
    expect(script?.command?.text).toContain("$[[--times ${{inputs.times}}]]");
  });

  it("registered components, by version and by label", async () => {
    const made = await cli.json("component create -f registered/component.yml");
    expect(made).toMatchObject({
      name: "count_words",
      version: "3",
      type: "command",
      display_name: "Count words",
      inputs: { minimum: { type: "integer", default: 1, min: 1, max: 100 } },
      tags: { team: "text" },
    });
    // The same file again is the same version; another content is not.
    expect(await cli.json("component create -f registered/component.yml")).toMatchObject({ version: "3" });
    const text = await readFile(join(cli.folder, "registered/component.yml"), "utf8");
    await writeFile(join(cli.folder, "registered/other.yml"), text.replace("counting", "other"));
    expect((await cli.run("component create -f registered/other.yml")).stderr).toContain(
      "Version 3 of count_words exists already",
    );
    expect(await cli.json("component create -f registered/other.yml --version 4")).toMatchObject({
      version: "4",
    });
    const refused = await cli.run("job create -f registered/pipeline.yml");
    expect(refused.stderr).toContain("https://data.example/articles/ is outside of the studio");
    await writeFile(
      join(cli.folder, "registered/pipeline.yml"),
      (await readFile(join(cli.folder, "registered/pipeline.yml"), "utf8"))
        .replace("path: azureml:articles@latest }", "path: azureml:articles@latest, mode: direct }")
        .replace("mode: ro_mount", "mode: direct"),
    );
    const { plan } = await create("registered");
    expect(plan.settings.forceRerun).toBe(true);
    expect(plan.nodes.map(({ component, parameters }) => [component.version, parameters])).toEqual([
      ["3", { minimum: 1, order: "down" }],
      ["4", { minimum: 10, order: "up" }],
    ]);
    expect(plan.nodes[1]?.outputs.counts?.register).toEqual({ name: "frequent-words", version: null });
  });

  it("pipeline components, opened to the steps inside", async () => {
    const { plan } = await create("nested");
    expect(plan.nodes.map(({ name }) => name).sort()).toEqual([
      "choose",
      "large.fit",
      "large.prepare",
      "small.fit",
      "small.prepare",
    ]);
    const parametersOf = (name: string) => plan.nodes.find((node) => node.name === name)?.parameters;
    expect([parametersOf("small.fit"), parametersOf("large.fit")]).toEqual([{ trees: 5 }, { trees: 50 }]);
    expect(plan.nodes.find(({ name }) => name === "choose")?.needs).toEqual(["large.fit", "small.fit"]);
    const [small, large] = ["small.prepare", "large.prepare"].map((name) =>
      plan.nodes.find((node) => node.name === name),
    );
    expect(small?.component.digest).toBe(large?.component.digest);
    const whole = await create("whole-component");
    expect(whole.plan.nodes.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["prepare", {}],
      ["fit", { trees: 30 }],
    ]);
  });

  it("every way to name an environment", async () => {
    const { plan } = await create("environments");
    const kinds = plan.nodes.map(({ name, environment }) => [name, environment.definition.kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      by_registry: "pip",
      by_file: "conda",
      by_image: "image",
      by_conda: "conda",
      by_component: "pip",
    });
  });

  it("input groups, and options without a value", async () => {
    const { plan } = await create("groups-and-options");
    const [fit] = plan.nodes;
    expect(fit?.parameters).toEqual({ "fit.rate": 0.5, "fit.rounds": 3 });
    expect(Object.keys(fit?.inputs ?? {})).toEqual(["data.train"]);
    expect(fit?.outputs.made).toMatchObject({ register: { name: "made-by-groups", version: "4" } });
  });

  it("a step's own compute, limits, tries and variables in place of the component's", async () => {
    const { plan, stderr } = await create("overrides");
    expect(plan.nodes[0]).toMatchObject({
      compute: "cpu-cluster",
      limits: { timeoutSeconds: 600 },
      retries: 2,
      resources: { instance_count: 1, properties: { memory: "1g", cpus: 1 } },
      command: {
        environmentVariables: { LEVEL: "debug", WHERE: "here", MORE: "1" },
        distribution: { type: "pytorch" },
      },
    });
    expect(stderr).toContain(
      "settings.default_datestore: is not a known setting, and is kept. Did you mean “default_datastore”?",
    );
    expect(stderr).toContain("jobs.heavy.something_new: is not a known key of a step, and is kept.");
  });

  it("are checked as graphs, with the lines of all their files", async () => {
    const pipeline = await readFile(join(cli.folder, "nested/pipeline.yml"), "utf8");
    await writeFile(
      join(cli.folder, "nested/wrong.yml"),
      pipeline.replace("jobs.small.outputs.model", "jobs.small.outputs.modell"),
    );
    const inner = await readFile(join(cli.folder, "nested/parts/train_pipeline.yml"), "utf8");
    await writeFile(
      join(cli.folder, "nested/parts/train_pipeline.yml"),
      inner.replace("jobs.prepare.outputs.table", "jobs.prepare.outputs.tabel"),
    );
    const { code, stdout } = await cli.run("job validate -f nested/wrong.yml");
    const report = JSON.parse(stdout) as Report;
    expect([code, report.result]).toEqual([1, "Failed"]);
    expect(report.errors.map(({ location, message }) => `${location}: ${message}`)).toEqual([
      "nested/wrong.yml:28: The step “small” has no output “modell”. Did you mean “model”?",
      "nested/parts/train_pipeline.yml:20: The step “prepare” has no output “tabel”. Did you mean “table”?",
      "nested/parts/train_pipeline.yml:20: The step “prepare” has no output “tabel”. Did you mean “table”?",
    ]);
    const sent = await cli.run("job create -f nested/wrong.yml");
    expect(sent.code).toBe(1);
    expect(sent.stderr).toContain(
      "nested/wrong.yml:28: jobs.choose.inputs.first: The step “small” has no output “modell”.",
    );
    expect(await cli.json<Report>("job validate -f registered/pipeline.yml")).toMatchObject({
      result: "Succeeded",
      errors: [],
    });
  });

  it("components are listed, renamed, archived and brought back", async () => {
    expect(await cli.json("component list")).toMatchObject([
      { name: "count_words", latest_version: "4", type: "command" },
    ]);
    expect((await cli.json<unknown[]>("component list -n count_words")).length).toBe(2);
    const renamed = await cli.json([
      "component",
      "update",
      "-n",
      "count_words",
      "-v",
      "4",
      "--set",
      "display_name=Count",
      "tags.a=b",
    ]);
    expect(renamed).toMatchObject({ display_name: "Count", tags: { a: "b" } });
    await cli.run("component archive -n count_words");
    expect(await cli.json("component list")).toEqual([]);
    expect(await cli.json("component show -n count_words -l latest")).toMatchObject({ version: "4" });
    await cli.run("component restore -n count_words");
    expect(await cli.json("component list")).toMatchObject([{ name: "count_words" }]);
    expect(await cli.json("component show -n enter_data_manually")).toMatchObject({ type: "module" });
    expect((await cli.run("component show -n none")).code).toBe(3);
  });
});
