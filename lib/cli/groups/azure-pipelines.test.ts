import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Runner, startRunner } from "#lib/runner/runner.ts";
import { connectTo } from "../connection.ts";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";

const fixtures = join(import.meta.dirname, "..", "..", "pipelines", "testing", "azureml");

let cli: TestCli;
let runner: Runner;

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
  await cp(fixtures, cli.folder, { recursive: true });
  await cli.json("compute create -n cpu-cluster --type local --max-instances 4");
  runner = await startRunner(cli.studio.services);
}, 120_000);

afterAll(async () => {
  await runner?.stop();
  await cli?.close();
});

interface Shown {
  outputs: Record<string, { type: string; path: string; value?: string }>;
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
  run: string;
  /** What a step printed. */
  logOf(step: string): Promise<string>;
}

async function run(file: string, ...more: string[]): Promise<Ended> {
  const outcome = await cli.run(["job", "create", "-f", file, "--stream", "-o", "none", ...more]);
  const name = /^RunId: (\w+)/.exec(outcome.stdout)?.[1];
  if (name === undefined) throw new Error(outcome.stderr);
  const { accessToken } = await cli.json<{ accessToken: string }>("account get-access-token");
  const { api, fetch } = connectTo(cli.studio.url, accessToken);
  return {
    ...outcome,
    run: name,
    async logOf(step) {
      const { nodes } = await api.pipelines.graph({ workspace: "lab", run: name });
      const found = nodes.find((node) => node.name === step);
      return (await fetch(`/workspaces/lab/runs/${found?.runName}/log`)).text();
    },
  };
}

describe("pipelines written for Azure ML run as they stand", { timeout: 180_000 }, () => {
  it("outputs that are values go into the parameters of later steps", async () => {
    const { code, stderr, stdout, logOf, run: name } = await run("values/pipeline.yml");
    expect([code, stderr, stdout]).toEqual([0, expect.any(String), expect.stringContaining("3 completed")]);
    expect(await logOf("say")).toBe("1 of 3 rows above 12.166666666666666, large False, by store\n");
    const shown = await cli.json<Shown>(`job show -n ${name}`);
    const path = (output: string) => `azureml://jobs/${name}/outputs/${output}/paths/`;
    expect(shown.outputs).toMatchObject({
      rows: { type: "integer", value: "3", path: path("rows") },
      kept_rows: { type: "integer", value: "1", path: path("kept_rows") },
      dear: { type: "uri_file", path: path("dear") },
    });
    // What show printed is a job again, and all of it was done before.
    await writeFile(
      join(cli.folder, "shown.yml"),
      (await cli.run(["job", "show", "-n", name, "-o", "yaml"])).stdout,
    );
    const again = await run("shown.yml", "--set", "name=again");
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("3 of them reused")]);
    expect((await cli.json<Shown>("job show -n again")).outputs).toMatchObject({ rows: { value: "3" } });
  });

  it("a value that does not fit ends the step that takes it, before anything of it is started", async () => {
    const { code, stderr } = await run("values/bounded.yml");
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        "“rows” of “few” must be 2 or less. The step “measure” gave “3” as its output “rows”.",
      ),
    ]);
  });

  it("files from outside of the code folder go with a component, each folder by its ignore file", async () => {
    const { code, stderr, logOf } = await run("shared-code/pipeline/pipeline.yml");
    expect([code, stderr]).toEqual([0, expect.stringContaining("Code ./src + ../../common/textkit + ")]);
    expect(await logOf("tally")).toBe(
      "3 ['.amlignore', '.amlignore', '__init__.py', 'stopwords.list', 'tally.py']\n",
    );
  });

  it("a first step and a last one stand apart, and the last one runs after a failure too", async () => {
    const ends = ({ stdout }: Ended) =>
      [...stdout.matchAll(/\] (\w+) +(Completed|Failed|Canceled)/g)].map(
        ([, step, word]) => `${step} ${word}`,
      );
    const good = await run("set-up/pipeline.yml");
    expect([good.code, ends(good)]).toEqual([
      0,
      ["open_door Completed", "half Completed", "quarter Completed", "close_door Completed"],
    ]);
    const bad = await run("set-up/pipeline.yml", "--set", "inputs.number=6");
    expect([bad.code, ends(bad)]).toEqual([
      1,
      ["open_door Completed", "half Completed", "quarter Failed", "close_door Completed"],
    ]);
    expect(bad.stderr).toContain(
      "The step “quarter” failed: The command ended with exit code 1: 3 has no half",
    );
  });

  it("a whole small project: groups of settings, anchors, optional inputs, outputs with paths", async () => {
    const { code, stderr, logOf } = await run("stores/pipeline.yml");
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(await logOf("best"))).toEqual({ store: "north", mean: 3, weights: "None" });
    expect(await cli.json("model show -n north-sales -l latest")).toMatchObject({ version: "1" });
  });
});
