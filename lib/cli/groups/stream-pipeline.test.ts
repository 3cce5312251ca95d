import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Runner, startRunner } from "#lib/runner/runner.ts";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";

let cli: TestCli;
let runner: Runner;

const pipeline = (last: string) => `type: pipeline
settings: {default_compute: azureml:local, continue_on_step_failure: false}
jobs:
  make:
    command: echo one > \${{outputs.out}}/a.txt
    environment: {pip_file: []}
    outputs: {out: {}}
  count:
    command: ${last}
    environment: {pip_file: []}
    inputs: {from: "\${{parent.jobs.make.outputs.out}}"}
    outputs: {out: {}}
  show:
    command: ls \${{inputs.from}}
    environment: {pip_file: []}
    inputs: {from: "\${{parent.jobs.count.outputs.out}}"}
`;

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
  runner = await startRunner(cli.studio.services);
  await writeFile(join(cli.folder, "good.yml"), pipeline("wc -l ${{inputs.from}}/a.txt"));
  await writeFile(join(cli.folder, "bad.yml"), pipeline("echo no such number >&2; exit 3"));
}, 120_000);

afterAll(async () => {
  await runner?.stop();
  await cli?.close();
});

describe("a pipeline that is watched", { timeout: 120_000 }, () => {
  it("tells what becomes of each step, and sums it up", async () => {
    const { code, stdout, stderr } = await cli.run("job create -f good.yml --stream --output none");
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("ERROR")]);
    expect(stdout).toMatch(/^RunId: \w+\nWeb View: http.+\n\nStreaming the steps\n=+\n\n\[/);
    for (const name of ["make ", "count", "show "])
      expect(stdout).toMatch(new RegExp(`\\[\\d\\d:\\d\\d:\\d\\dZ\\] ${name}  Completed  [\\d:.]+`));
    expect(stdout).toMatch(
      /\n\nExecution Summary\n=+\nRunId: \w+\nStatus: Completed\nSteps: 3 completed\nDuration: .+\nWeb View: http/,
    );
    const again = await cli.run("job create -f good.yml --stream --output none");
    expect(again.stdout).toMatch(/make {3}reused from \w+\n/);
    expect(again.stdout).toContain("Steps: 3 completed, 3 of them reused\n");
  });

  it("fails with the step that failed, and why", async () => {
    const { code, stdout, stderr } = await cli.run("job create -f bad.yml --stream --output none");
    expect(code).toBe(1);
    expect(stdout).toMatch(/make {3}reused from \w+/);
    expect(stdout).toMatch(/count {2}Failed {2}.+ {2}The command ended with exit code 3: no such number\n/);
    expect(stdout).toMatch(/show {3}Canceled {2}not run\n/);
    expect(stdout).toContain(
      "Status: Failed\nSteps: 1 completed, 1 of them reused; 1 failed; 1 canceled or not run\n",
    );
    const told =
      /ERROR: The step “count” failed: The command ended with exit code 3: no such number\. Its log: atelier job stream -n (\w+)/.exec(
        stderr,
      );
    const log = await cli.run(`job stream -n ${told?.[1]}`);
    expect([log.code, log.stdout]).toEqual([1, expect.stringContaining("\nno such number\n")]);
    const run = /^RunId: (\w+)/.exec(stdout)?.[1];
    expect(await cli.run(`job stream -n ${run}`)).toMatchObject({ code: 1, stderr });
  });
});
