import type { Readable } from "node:stream";
import type { ImageInfo, Labels, LaunchOptions } from "#lib/compute/port.ts";
import { AppError, messageOf } from "#lib/core/errors.ts";
import { type EngineClient, engineWords, statusOf } from "./client.ts";
import { type PullEvent, PullProgress } from "./pull-progress.ts";

const defaultPullMs = 30 * 60_000;

/** What the engine has under a name or id; null when it has nothing. Never pulls. */
export async function findImage(engine: EngineClient, reference: string): Promise<ImageInfo | null> {
  return engine.call(`look up the image ${reference}`, async (abortSignal) => {
    try {
      const image = await engine.docker.getImage(reference).inspect({ abortSignal } as object);
      return {
        id: image.Id,
        sizeBytes: image.Size,
        platform: `${image.Os}/${image.Architecture}`,
        env: Object.fromEntries((image.Config?.Env ?? []).map(splitVariable)),
        labels: image.Config?.Labels ?? {},
      };
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}

export async function findImageByLabels(engine: EngineClient, labels: Labels): Promise<ImageInfo | null> {
  const filters = JSON.stringify({
    label: Object.entries(labels).map(([name, value]) => `${name}=${value}`),
  });
  const found = await engine.call("search images by label", (abortSignal) =>
    engine.docker.listImages({ filters, abortSignal }),
  );
  const newest = found.sort((a, b) => b.Created - a.Created)[0];
  return newest === undefined ? null : findImage(engine, newest.Id);
}

/** The image of a name or id; what the engine has is never pulled again. */
export async function resolveImage(
  engine: EngineClient,
  reference: string,
  options: LaunchOptions & { pullMs?: number } = {},
): Promise<ImageInfo> {
  const present = await findImage(engine, reference);
  if (present !== null) return present;
  if (reference.startsWith("sha256:")) {
    throw new AppError("NOT_FOUND", {
      userMessage: `The engine has no image ${reference} any more. Build it again.`,
    });
  }
  await pullImage(engine, reference, options);
  const pulled = await findImage(engine, reference);
  if (pulled === null) throw pullError(reference, new Error("the engine does not have it after the pull"));
  return pulled;
}

async function pullImage(
  engine: EngineClient,
  reference: string,
  options: LaunchOptions & { pullMs?: number },
): Promise<void> {
  const tagged = /(:[\w.-]+|@sha256:[0-9a-f]+)$/.test(reference.slice(reference.lastIndexOf("/") + 1))
    ? reference
    : `${reference}:latest`;
  const progress = new PullProgress(tagged, options.onProgress ?? (() => {}));
  options.onProgress?.(`Pulling the image ${tagged}.`);
  const pull = async (abortSignal: AbortSignal) => {
    const either = options.signal ? AbortSignal.any([abortSignal, options.signal]) : abortSignal;
    try {
      const stream = (await engine.docker.pull(tagged, { abortSignal: either })) as Readable;
      await new Promise<void>((resolve, reject) => {
        either.addEventListener("abort", () => stream.destroy(new Error("the pull was stopped")));
        engine.docker.modem.followProgress(
          stream,
          (error) => (error ? reject(error) : resolve()),
          (event: PullEvent) => progress.take(event),
        );
      });
    } catch (error) {
      if (statusOf(error) !== undefined || !(error instanceof Error && "code" in error))
        throw pullError(tagged, error);
      throw error;
    }
  };
  await engine.call(`pull the image ${tagged}`, pull, {
    timeoutMs: options.pullMs ?? defaultPullMs,
    retry: false,
  });
  options.onProgress?.(`Pulled the image ${tagged}.`);
}

/** Tells a registry that is not there from an image that is not there: the next step differs. */
export function pullError(reference: string, error: unknown): AppError {
  const words = engineWords(error);
  const cause = { message: `pull of ${reference}: ${messageOf(error)}`, cause: error };
  if (
    /no such host|connection refused|i\/o timeout|timeout|network is unreachable|dial tcp|TLS|x509|EOF|certificate/i.test(
      words,
    )
  ) {
    return new AppError("UNAVAILABLE", {
      ...cause,
      userMessage: `No image registry answered for ${reference}, and the engine does not have this image. Load it into the engine (docker load, docker import), or name an image that it has. The engine said: ${words}`,
    });
  }
  if (/not found|does not exist|unknown|denied|unauthorized|no basic auth/i.test(words)) {
    return new AppError("NOT_FOUND", {
      ...cause,
      userMessage: `The image ${reference} was not found, or its registry wants a login. Check the name. The registry said: ${words}`,
    });
  }
  return new AppError("UNPROCESSABLE", {
    ...cause,
    userMessage: `The image ${reference} could not be pulled. The engine said: ${words}`,
  });
}

function splitVariable(line: string): [string, string] {
  const cut = line.indexOf("=");
  return cut < 0 ? [line, ""] : [line.slice(0, cut), line.slice(cut + 1)];
}
