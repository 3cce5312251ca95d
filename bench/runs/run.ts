import { spawnSync } from "node:child_process";
import { sleep } from "#lib/core/time.ts";
import { startRunnerProcess } from "#lib/runner/testing/runner-process.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";

const rounds = Number(process.argv[2] ?? 10);
const image = process.env.ATELIER_BASE_IMAGE ?? "atelier-base:bookworm";

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** The limit of the machine: the engine's own command starts and ends an empty container. */
function timeDockerRun(): number {
  const start = performance.now();
  const { status } = spawnSync("docker", ["run", "--rm", image, "true"], { timeout: 60_000 });
  if (status !== 0) throw new Error(`docker run ended with ${status}`);
  return performance.now() - start;
}

const studio = await startTestStudio();
const runner = await startRunnerProcess(studio.services.variables);

/** From sending the job to its end, as a client sees it. */
async function timeRun(): Promise<number> {
  const workspace = studio.workspace.name;
  const start = performance.now();
  const { name } = await studio.api.runs.submit({
    workspace,
    spec: { command: "true", environment: { image }, compute: "docker" },
  });
  for (;;) {
    const run = await studio.api.runs.get({ workspace, run: name });
    if (isTerminal(run.status)) {
      if (run.status !== "Completed")
        throw new Error(`${name} ended as ${run.status}: ${run.error?.message}`);
      return performance.now() - start;
    }
    await sleep(10);
  }
}

try {
  await timeRun();
  timeDockerRun();
  const ours: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    raw.push(timeDockerRun());
    ours.push(await timeRun());
  }
  const ratio = median(ours) / median(raw);
  console.log(`an empty container, median of ${rounds}, in ms`);
  console.log(`  docker run             ${median(raw).toFixed(0)}`);
  console.log(`  a run, sent to ended   ${median(ours).toFixed(0)}   ${ratio.toFixed(2)} × docker run`);
} finally {
  await runner.kill("SIGTERM");
  await studio.close();
}
