import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { phasesOf } from "#lib/runs/phases.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type Runner, startRunner } from "./runner.ts";
import { bareEnvironments, ended, readLogText, submit, type Target, waitForRun } from "./testing/runs.ts";
import { provideUv } from "./testing/uv.ts";

let studio: TestStudio;
let runner: Runner;

beforeAll(async () => {
  studio = await startTestStudio();
  await provideUv(studio.services.env.home);
  runner = await startRunner(studio.services);
}, 300_000);

afterAll(async () => {
  await runner?.stop();
  await studio?.close();
});

async function uploadFile(content: string): Promise<string> {
  const response = await studio.fetch("/blobs", { method: "PUT", body: content });
  return ((await response.json()) as { sha256: string }).sha256;
}

async function uploadTree(files: Record<string, string>): Promise<string> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, content]) => ({ path, sha256: await uploadFile(content) })),
  );
  const tree = await studio.api.files.createTree({ workspace: studio.workspace.name, files: entries });
  return tree.digest;
}

const script = `
import json, os, pathlib, sys, urllib.request
data = pathlib.Path(sys.argv[1])
print("rows", len(data.read_text().splitlines()))
pathlib.Path("outputs").mkdir(exist_ok=True)
pathlib.Path("outputs/result.json").write_text(json.dumps({"rate": sys.argv[2]}))
(pathlib.Path(sys.argv[3]) / "part").mkdir()
(pathlib.Path(sys.argv[3]) / "part" / "a.txt").write_text("a")
pathlib.Path(sys.argv[4]).write_text("# report")
request = urllib.request.Request(
    os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/log-metric",
    data=json.dumps({"run_id": os.environ["MLFLOW_RUN_ID"], "key": "auc", "value": 0.8, "timestamp": 1, "step": 0}).encode(),
    headers={"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"], "Content-Type": "application/json"},
)
print("tracked", urllib.request.urlopen(request, timeout=10).status)
`;

describe.each<Target>(["docker", "local"])("a command on %s", (compute) => {
  it("runs its code on its inputs, is tracked live, and leaves log, files and named outputs", async () => {
    const workspace = studio.workspace.name;
    const code = await uploadTree({ "train.py": script });
    const sha256 = await uploadFile("x\n1\n2\n");
    const job = [
      "display_name: first try",
      "experiment_name: term-deposit",
      "code: ./src",
      "command: python3 train.py ${{inputs.data}} ${{inputs.rate}} ${{outputs.scores}} ${{outputs.report}}",
      "inputs:",
      "  data: {type: uri_file, path: ./data.csv}",
      "  rate: 0.10",
      "outputs:",
      `  scores: {type: uri_folder, name: scores-${compute}}`,
      "  report: {type: uri_file}",
      compute === "docker"
        ? `environment: {image: "${studio.services.env.ATELIER_BASE_IMAGE}"}`
        : "environment: {pip_file: []}",
      `compute: azureml:${compute}`,
      "tags: {goal: less overfit}",
    ].join("\n");
    const uploads = { data: { sha256, fileName: "data.csv" } };
    const submitted = await studio.api.runs.submit({ workspace, spec: job, code, uploads });
    expect(submitted).toMatchObject({
      status: "NotStarted",
      displayName: "first try",
      experimentName: "term-deposit",
    });
    const run = await waitForRun(studio, submitted.name, ended);
    expect(run).toMatchObject({ status: "Completed", exitCode: 0, error: null, compute });
    expect(run.params).toEqual({ rate: "0.10" });
    expect(run.metrics).toEqual({ auc: 0.8 });
    expect(run.tags).toEqual({ goal: "less overfit" });
    expect(await readLogText(studio, run.name)).toBe("rows 3\ntracked 200\n");
    const { items } = await studio.api.runs.files({ workspace, run: run.name, of: "artifacts" });
    expect(items.map((file) => file.path)).toEqual([
      "outputs/result.json",
      "system_logs/finalizing.txt",
      "system_logs/preparation.txt",
      "user_logs/std_log.txt",
    ]);
    const file = await studio.fetch(`/runs/${run.name}/file?path=outputs/result.json`);
    expect(await file.json()).toEqual({ rate: "0.10" });
    const scores = await studio.api.runs.files({ workspace, run: run.name, of: "outputs.scores" });
    expect(scores.items).toEqual([{ path: "part/a.txt", sizeBytes: 1 }]);
    const report = await studio.fetch(`/runs/${run.name}/file?of=outputs.report&path=report`);
    expect(await report.text()).toBe("# report");
    expect(run.outputs).toMatchObject([
      { name: "report", type: "uri_file", available: true, asset: null },
      {
        name: "scores",
        available: true,
        asset: { kind: "dataset", name: `scores-${compute}`, version: "1" },
      },
    ]);
    const snapshot = await studio.api.runs.files({ workspace, run: run.name, of: "code" });
    expect(snapshot.items.map((entry) => entry.path)).toEqual(["train.py"]);
    const { items: history } = await studio.api.runs.events({ workspace, run: run.name });
    expect(phasesOf(history).map((phase) => phase.state)).toEqual(["done", "done", "done", "done"]);
  });

  it("fails with the exit code and the last error line", async () => {
    const { name } = await submit(studio, compute, `python3 -c 'print("start"); import nothing_like_it'`);
    const run = await waitForRun(studio, name, ended);
    expect(run).toMatchObject({ status: "Failed", exitCode: 1 });
    expect(run.error).toEqual({
      code: "USER_ERROR",
      message: "The command ended with exit code 1: ModuleNotFoundError: No module named 'nothing_like_it'",
    });
  });

  it("streams what is printed within a second and gives exactly the bytes that were written", async () => {
    const program = [
      "import sys, time",
      "for i in range(6):",
      "    sys.stdout.buffer.write(f'{i} {time.time()} é\\0\\n'.encode()); sys.stdout.flush()",
      "    time.sleep(0.3)",
    ].join("\n");
    const { name } = await studio.api.runs.submit({
      workspace: studio.workspace.name,
      code: await uploadTree({ "p.py": program }),
      spec: { command: "python3 p.py", compute, environment: bareEnvironments[compute] },
    });
    const response = await studio.fetch(`/runs/${name}/log?follow=1`);
    const seen: Buffer[] = [];
    const delays: number[] = [];
    for await (const chunk of response.body ?? []) {
      seen.push(Buffer.from(chunk));
      const written = /^\d (\d+\.\d+)/.exec(Buffer.from(chunk).toString())?.[1];
      if (written) delays.push(Date.now() - Number(written) * 1000);
    }
    const all = Buffer.concat(seen);
    expect(all.toString()).toMatch(/^(\d [\d.]+ é\0\n){6}$/);
    // The usual one: the machine may be busy with other tests.
    expect(delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)]).toBeLessThan(1000);
    const stored = Buffer.from(await (await studio.fetch(`/runs/${name}/log`)).arrayBuffer());
    expect(stored.equals(all)).toBe(true);
    const part = Buffer.from(await (await studio.fetch(`/runs/${name}/log?offset=10&limit=7`)).arrayBuffer());
    expect(part.equals(all.subarray(10, 17))).toBe(true);
    const events = await (await studio.fetch(`/runs/${name}/log/events?offset=4`)).text();
    const pieces = [...events.matchAll(/"base64":"([^"]*)"/g)].map((match) =>
      Buffer.from(match[1] ?? "", "base64"),
    );
    expect(Buffer.concat(pieces).equals(all.subarray(4))).toBe(true);
    expect(events).toContain(
      `event: end\ndata: {"attempt":1,"outcome":"Completed","sizeBytes":${all.length}}`,
    );
    const info = await studio.api.runs.logInfo({ workspace: studio.workspace.name, run: name });
    expect(info).toMatchObject({ sizeBytes: all.length, complete: true });
    expect(info.marks.length).toBeGreaterThan(2);
  });

  it("ends a run that is canceled, also one whose program ignores the request for its ten seconds", async () => {
    const { name } = await submit(studio, compute, `trap '' TERM; echo up; while true; do sleep 0.2; done`);
    await waitForRun(studio, name, async () => (await readLogText(studio, name)) === "up\n");
    const askedAt = Date.now();
    const asked = await studio.api.runs.cancel({ workspace: studio.workspace.name, run: name });
    expect(asked).toMatchObject({ status: "CancelRequested" });
    const run = await waitForRun(studio, name, ended);
    expect(run).toMatchObject({ status: "Canceled", canceledBy: { name: "Ada" } });
    expect(Date.now() - askedAt).toBeGreaterThan(9000);
    // A shell that sees its child killed may still say so.
    expect(await readLogText(studio, name)).toMatch(/^up\n(Killed\n)?$/);
  }, 40_000);

  it("cancels a run after its time limit", async () => {
    const { name } = await submit(studio, compute, "sleep 60", { limits: { timeout: 1 } });
    const run = await waitForRun(studio, name, ended);
    expect(run).toMatchObject({ status: "Canceled", error: { code: "TIMEOUT" } });
  });

  it("says when the memory was not enough", async () => {
    const more = { resources: { properties: { memory: "256m" } } };
    const { name } = await submit(studio, compute, "python3 -c 'x = bytearray(600 << 20)'", more);
    const run = await waitForRun(studio, name, ended);
    expect(run.status).toBe("Failed");
    if (compute === "docker") {
      expect(run.error).toMatchObject({
        code: "OUT_OF_MEMORY",
        message: "The run needed more than its 256 MiB of memory.",
      });
    } else expect(run.error?.message).toMatch(/MemoryError/);
  });
});

it("takes a run again with the same inputs, and with more memory", async () => {
  const { name } = await submit(studio, "docker", "echo ${{inputs.n}}", { inputs: { n: 7 } });
  await waitForRun(studio, name, ended);
  const workspace = studio.workspace.name;
  const again = await studio.api.runs.rerun({ workspace, run: name, memoryMib: 300 });
  const run = await waitForRun(studio, again.name, ended);
  expect(run).toMatchObject({ status: "Completed", params: { n: "7" }, limits: { memoryMib: 300 } });
  expect(await readLogText(studio, run.name)).toBe("7\n");
});

it("names the input that is not there", async () => {
  const inputs = { data: { type: "uri_file", path: "azureml:nothing:1" } };
  const failed = submit(studio, "docker", "cat ${{inputs.data}}", { inputs });
  await expect(failed).rejects.toMatchObject({ status: 400, data: { issues: [{ path: "inputs.data" }] } });
});

it("says that an image is missing", async () => {
  const { name } = await submit(studio, "docker", "true", { environment: { image: "nobody/has-this:1" } });
  const run = await waitForRun(studio, name, ended);
  expect(run).toMatchObject({ status: "Failed", error: { code: "IMAGE_MISSING" } });
  expect(run.attempts).toHaveLength(1);
});
