import { sleep } from "#lib/core/time.ts";
import { finish, readSteps, submitPipeline, wideJobs } from "#lib/runner/testing/pipelines.ts";
import { startRunnerProcess } from "#lib/runner/testing/runner-process.ts";
import { waitForRun } from "#lib/runner/testing/runs.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";

/**
 * Kills the runner (SIGKILL) while twenty containers of a pipeline are under way, and starts it anew once they have ended:
 * how long until the steps of that moment have their right states. The limit is the lease, after which a dead owner's
 * work is taken over.
 */
const rounds = Number(process.argv[2] ?? 3);
const width = 20;
const leaseMs = 5_000;

const studio = await startTestStudio();
await studio.services.sql`update compute_targets set max_instances = 50`;

async function measure(): Promise<number> {
  const first = await startRunnerProcess(studio.services.variables);
  const { name } = await submitPipeline(studio, "docker", wideJobs(width, 1), { force_rerun: true });
  const running = async () =>
    Object.values(await readSteps(studio, name)).filter(({ status }) => status === "Running");
  await waitForRun(studio, name, async () => (await running()).length >= 4);
  const before = (await running()).map(({ runName }) => runName);
  await first.kill("SIGKILL");
  await sleep(1_500);
  const next = await startRunnerProcess(studio.services.variables);
  const startedAt = performance.now();
  await waitForRun(studio, name, async () => {
    const now = Object.values(await readSteps(studio, name));
    return now.every(({ runName, status }) => !before.includes(runName) || status === "Completed");
  });
  const ms = performance.now() - startedAt;
  await finish(studio, name, 100_000);
  await next.kill("SIGTERM");
  return ms;
}

try {
  for (let round = 0; round < rounds; round++) {
    const ms = await measure();
    console.log(
      `right states ${(ms / 1000).toFixed(1)} s after the restart, ${(ms / leaseMs).toFixed(2)} × the lease`,
    );
  }
} finally {
  await studio.close();
}
