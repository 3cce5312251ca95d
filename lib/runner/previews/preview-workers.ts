import type { AssetSource } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import type { PreviewStepResult, UsePreviewWorker } from "#lib/designer/previews/port.ts";
import type { Services } from "#lib/services/services.ts";
import type { Providers } from "../providers.ts";
import { inputOf, provideMissing } from "../workers/provide-inputs.ts";
import { runStep } from "../workers/run-step.ts";
import { type WorkerClient, WorkerGone } from "../workers/worker-client.ts";
import type { WorkerPool } from "../workers/worker-pool.ts";
import { runCommand } from "./run-command.ts";

/** How often a worker may say that something is missing that it was just given. */
const maxRounds = 3;

/** The workers as previews use them: steps on samples and descriptions of tables, with no run to write to. */
export function createPreviewWorkers(
  services: Services,
  providers: Providers,
  workers: WorkerPool,
): UsePreviewWorker {
  return async ({ workspaceId, environment, provider: type }, signal, work) => {
    const provider = providers.get(type);
    if (!provider) throw noProvider(type);
    return workers.use({ workspaceId, environment, provider }, { signal }, ({ client }) =>
      work({
        async run(wish, stop, onProgress): Promise<PreviewStepResult> {
          let fact: string | null = null;
          const { sampleRows, ...step } = wish;
          const result = await runStep(
            services,
            workspaceId,
            client,
            {
              ...step,
              seed: null,
              memoryMib: null,
              sample: sampleRows === null ? null : { rows: sampleRows },
            },
            {
              onProgress,
              onFact: (text) => {
                fact = text;
              },
            },
            AbortSignal.any([signal, stop]),
            "transient",
          );
          if ("failed" in result) return result;
          const outputs = Object.entries(result.outputs).map(([port, { digest }]) => [port, digest]);
          return { outputs: Object.fromEntries(outputs), seconds: result.seconds, fact };
        },
        runCommand(wish, stop, onSaid): Promise<PreviewStepResult> {
          const place = providers.get(wish.command.provider);
          if (!place) throw noProvider(wish.command.provider);
          const { studioId } = workers;
          const ends = AbortSignal.any([signal, stop]);
          return runCommand({ services, workspaceId, provider: place, studioId }, wish, ends, onSaid);
        },
        describe: (source, options, stop) =>
          describeTable(services, workspaceId, client, source, options, AbortSignal.any([signal, stop])),
      }),
    );
  };
}

const noProvider = (type: string) =>
  new AppError("UNAVAILABLE", { userMessage: `There is no compute of type ${type}.` });

async function describeTable(
  services: Services,
  workspaceId: string,
  worker: WorkerClient,
  source: AssetSource,
  options: { rows: number; bins: number },
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const input = await inputOf(services, workspaceId, source);
  for (let round = 1; ; round++) {
    const answer = await worker.describe(input, options, signal);
    if ("table" in answer) return answer.table;
    if ("failed" in answer) {
      const { message, ...details } = answer.failed;
      throw new AppError("UNPROCESSABLE", { userMessage: message, details });
    }
    if (round === maxRounds) throw new WorkerGone("it loses its files");
    await provideMissing(services, workspaceId, worker, answer.missing);
  }
}
