// The eight-node sample pipeline from the click on Run to its end, first with everything new, then after a change of the
// trainer; and what a port shows after an edit. Beside the steps' own time. Arguments: docker or local, a CSV with a column `y`.
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { sleep } from "#lib/core/time.ts";
import { storeBlob } from "#lib/files/commands.ts";
import { removePrograms } from "#lib/runner/testing/programs.ts";
import { startRunnerProcess } from "#lib/runner/testing/runner-process.ts";
import { isEnded } from "#lib/runs/state.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";

const [compute = "docker", file] = process.argv.slice(2);
const studio = await startTestStudio();
const { api, services, workspace } = studio;
const name = workspace.name;
await services.sql`update compute_targets set max_instances = 4`;
const runner = await startRunnerProcess(services.variables);

const line = (what: string, ms: number, more = "") =>
  console.log(`  ${what.padEnd(52)}${ms.toFixed(0).padStart(7)} ms   ${more}`);

async function makeText(): Promise<string> {
  const { text } = await api.designer.create({ workspace: name, sample: "binary-classification" });
  const here = text.replace(/default_compute: .*/, `default_compute: azureml:${compute}`);
  if (!file) return here;
  const { sha256 } = await storeBlob(services, workspace.id, createReadStream(file));
  await api.datasets.create({ workspace: name, name: "table", source: { sha256, fileName: basename(file) } });
  return here
    .replace("azureml:sample-bank-clients@latest", "azureml:table@latest")
    .replaceAll("deposit", "y")
    .replaceAll("client_id", "duration");
}

interface Timed {
  ms: number;
  /** Sum of what the steps took by themselves. */
  stepsMs: number;
  reused: number;
}

async function time(text: string): Promise<Timed> {
  const start = performance.now();
  const { name: run } = await api.runs.submit({ workspace: name, spec: text });
  for (;;) {
    const { status } = await api.runs.get({ workspace: name, run });
    if (isEnded(status)) {
      const ms = performance.now() - start;
      const { nodes } = await api.pipelines.graph({ workspace: name, run });
      if (status !== "Completed")
        throw new Error(JSON.stringify(nodes.map((node) => [node.name, node.error])));
      const stepsMs = nodes
        .filter(({ reusedRunName }) => reusedRunName === null)
        .reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? 0) - (startedAt ?? 0), 0);
      return { ms, stepsMs, reused: nodes.filter((node) => node.reusedRunName !== null).length };
    }
    await sleep(10);
  }
}

async function preview(text: string, node: string): Promise<number> {
  const start = performance.now();
  for (;;) {
    const { status, error } = await api.designer.preview({ workspace: name, text, node });
    if (status === "ready") return performance.now() - start;
    if (status === "failed") throw new Error(JSON.stringify(error));
    await sleep(10);
  }
}

try {
  const text = await makeText();
  console.log(`${compute}, ${file ? basename(file) : "the sample's own table"}`);
  line("the environment and a warm worker, once", await preview(text, "import_data"));
  line("a port, first look", await preview(text, "clean_missing_data"));
  for (const fraction of [0.65, 0.66, 0.68]) {
    line("a port after an edit", await preview(text.replace("rows: 0.7", `rows: ${fraction}`), "split_data"));
  }
  const say = (what: string, { ms, stepsMs, reused }: Timed) =>
    line(what, ms, `steps alone ${stepsMs} ms, ${reused} reused`);
  say("eight steps, everything new", await time(text));
  for (const trees of [130, 140, 150]) {
    const changed = text.replace("number_of_trees: 120", `number_of_trees: ${trees}`);
    say("after a change of the trainer", await time(changed));
  }
  say("the same again", await time(text));
} finally {
  await runner.kill("SIGTERM");
  await removePrograms(studio);
  await studio.close();
}
