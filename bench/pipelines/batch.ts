// A batch inference pipeline over a table of a million rows, from Run to the new version of a dataset. Arguments: docker or local, rows.
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { sleep } from "#lib/core/time.ts";
import { storeBlob } from "#lib/files/commands.ts";
import { removePrograms } from "#lib/runner/testing/programs.ts";
import { startRunnerProcess } from "#lib/runner/testing/runner-process.ts";
import { isEnded } from "#lib/runs/state.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";

const [compute = "docker", count = "1000000"] = process.argv.slice(2);
const sample = join(import.meta.dirname, "../../sample/pipelines/data/sample-bank-clients.csv");
const studio = await startTestStudio();
const { api, services, workspace } = studio;
const name = workspace.name;
const runner = await startRunnerProcess(services.variables);
const folder = mkdtempSync(join(tmpdir(), "atelier-batch-"));

async function run(text: string, more: string[] = []): Promise<{ run: string; ms: number }> {
  const start = performance.now();
  const set = [`settings.default_compute=azureml:${compute}`, ...more];
  const { name: id } = await api.runs.submit({ workspace: name, spec: text, set });
  for (;;) {
    const { status, error } = await api.runs.get({ workspace: name, run: id });
    if (status === "Completed") return { run: id, ms: performance.now() - start };
    if (isEnded(status)) throw new Error(`${status}: ${error?.message}`);
    await sleep(20);
  }
}

/** The sample's rows again and again. */
async function writeTable(file: string, rows: number): Promise<void> {
  const [head = "", ...lines] = readFileSync(sample, "utf8").trimEnd().split("\n");
  const sink = createWriteStream(file);
  sink.write(`${head}\n`);
  for (let done = 0; done < rows; done += lines.length) {
    const block = lines.slice(0, rows - done).join("\n");
    if (!sink.write(`${block}\n`)) await once(sink, "drain");
  }
  sink.end();
  await finished(sink);
}

try {
  const { text } = await api.designer.create({ workspace: name, sample: "binary-classification" });
  const trained = await run(text);
  const { draft } = await api.inference.create({ workspace: name, run: trained.run, mode: "batch" });
  const batch = (await api.designer.get({ workspace: name, draft })).text;
  const file = join(folder, "big.csv");
  await writeTable(file, Number(count));
  const { sha256 } = await storeBlob(services, workspace.id, createReadStream(file));
  await api.datasets.create({ workspace: name, name: "big", source: { sha256, fileName: "big.csv" } });
  const { ms, run: id } = await run(batch, ["inputs.clients.path=azureml:big@latest"]);
  console.log(`${count} rows on ${compute}: ${(ms / 1000).toFixed(1)} s`);
  const { nodes } = await api.pipelines.graph({ workspace: name, run: id });
  for (const node of nodes) {
    const took = (node.endedAt ?? 0) - (node.startedAt ?? 0);
    console.log(`  ${node.name.padEnd(24)}${String(took).padStart(8)} ms   ${node.fact ?? ""}`);
  }
  for (;;) {
    const scored = await api.datasets.getVersion({
      workspace: name,
      name: "term-deposits-scored",
      version: "@latest",
    });
    if (scored.rowCount !== null || scored.problem) {
      console.log(`  term-deposits-scored:${scored.version}: ${scored.rowCount ?? scored.problem} rows`);
      break;
    }
    await sleep(100);
  }
} finally {
  await runner.kill("SIGTERM");
  await removePrograms(studio);
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
}
