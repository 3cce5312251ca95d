import { EnvError, readEnv } from "#lib/core/env.ts";
import { messageOf } from "#lib/core/errors.ts";
import { createServices } from "#lib/services/services.ts";
import { startRunner } from "./runner.ts";

/** How long an orderly stop may take; what is cut then is picked up by the next runner as after a crash. */
const stopMs = 8000;

/** The runner process: claims runs, drives the compute providers, builds environments, cleans up. */
async function main(): Promise<void> {
  const services = createServices({
    name: "runner",
    env: readEnv(),
    maxConnections: 20,
    prepare: !process.env.NO_PREPARE,
  });
  const runner = await startRunner(services);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), stopMs).unref();
    runner
      .stop()
      .then(() => services.close())
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof EnvError ? error.message : `runner stopped: ${messageOf(error)}`}\n`,
  );
  process.exit(1);
});
