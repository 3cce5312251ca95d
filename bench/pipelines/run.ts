import { spawnSync } from "node:child_process";
import { containerChain, fanOut, moduleChain } from "./steps.ts";
import { startBenchStudio } from "./studio.ts";

// `run.ts [rounds] [part…]`: the parts are containers, modules and fan-out; all of them without a name.
const rounds = Number(process.argv[2] ?? 3);
const parts = process.argv.slice(3);
const wanted = (part: string) => parts.length === 0 || parts.includes(part);
const length = 20;
const width = 50;
const image = process.env.ATELIER_BASE_IMAGE ?? "atelier-base:bookworm";

function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function dockerRun(times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    const { status } = spawnSync("docker", ["run", "--rm", image, "true"], { timeout: 60_000 });
    if (status !== 0) throw new Error(`docker run ended with ${status}`);
  }
  return performance.now() - start;
}

const studio = await startBenchStudio(4);
const fresh = { forceRerun: true };

/** The same work by turns, so that what else the machine does touches both. */
async function compare(ours: () => Promise<number>, theirs: () => Promise<number> | number) {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.theirs.push(await theirs());
    times.ours.push(await ours());
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

const line = (what: string, ms: number, more = "") =>
  console.log(`  ${what.padEnd(44)}${ms.toFixed(1).padStart(8)} ms   ${more}`);

async function containers(): Promise<void> {
  await studio.time(containerChain(1), fresh);
  dockerRun(1);
  const chain = await compare(
    () => studio.time(containerChain(length), fresh),
    () => dockerRun(length),
  );
  line(`docker run, ${length} in a loop`, chain.theirs / length);
  line(
    `a chain of ${length} empty containers`,
    chain.ours / length,
    `${(chain.ours / chain.theirs).toFixed(2)} × docker run`,
  );
}

async function modules(): Promise<void> {
  await studio.time(moduleChain("docker", 1, "first"));
  const times: number[] = [];
  const reused: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push((await studio.time(moduleChain("docker", length, `${round}`), fresh)) / length);
    reused.push((await studio.time(moduleChain("docker", length, `${round}`))) / length);
  }
  line(`a chain of ${length} modules on a warm worker`, median(times));
  line("the same again, everything reused", median(reused));
}

async function beside(): Promise<void> {
  if (!wanted("modules")) await studio.time(moduleChain("docker", 1, "first"));
  // The optimum: the machine's two processors do nothing but the steps' own work.
  const seconds = 0.2;
  const steps = await compare(
    () => studio.time(fanOut("docker", width, seconds), fresh),
    () => (width * seconds * 1000) / 2,
  );
  line(
    `${width} modules of ${seconds} s beside each other`,
    steps.ours,
    `${(steps.ours / steps.theirs).toFixed(2)} × the optimum on two processors`,
  );
}

try {
  console.log(`per step, median of ${rounds}`);
  if (wanted("containers")) await containers();
  if (wanted("modules")) await modules();
  if (wanted("fan-out")) await beside();
} finally {
  await studio.close();
}
