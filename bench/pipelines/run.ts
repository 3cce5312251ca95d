import { moduleChain } from "./steps.ts";
import { startBenchStudio } from "./studio.ts";

const provider = process.argv[2] === "docker" ? "docker" : "local";
const studio = await startBenchStudio(4);
try {
  console.log(
    `first module, with its environment: ${(await studio.time(moduleChain(provider, 1, "x"))).toFixed(0)} ms`,
  );
  for (let i = 0; i < 3; i++) {
    const length = 20;
    const ms = await studio.time(moduleChain(provider, length, `s${i}`), { forceRerun: true });
    console.log(`${length} modules: ${(ms / length).toFixed(0)} ms a step`);
  }
} finally {
  await studio.close();
}
