import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { textTar } from "#lib/compute/archive.ts";
import type { ComputeProvider, FileTree } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { bakeImage } from "#lib/environments/build/bake-image.ts";
import { environmentDefinitionSchema } from "#lib/environments/build/definition.ts";
import { ensureEnvironment } from "#lib/environments/ensure.ts";
import type { Services } from "#lib/services/services.ts";
import type { DeploymentRow } from "../queries.ts";
import { findFittingImage } from "./fitting-build.ts";
import { openServedModel } from "./model-files.ts";
import { servingPort } from "./probe.ts";

const serverFolder = fileURLToPath(new URL("../../../python/atelier_serving", import.meta.url));
/** Where the image has the server's package and the model's files. */
const home = "/srv";

export interface ImageProgress {
  /** The step under way, in a few words. */
  step(text: string): void;
  line(text: string): void;
}

/** The image that serves a deployment: the environment of its model, its files and the scoring server. Built once. */
export async function buildServingImage(
  services: Services,
  provider: ComputeProvider,
  deployment: DeploymentRow,
  progress: ImageProgress,
  signal: AbortSignal,
): Promise<string> {
  const { images } = provider;
  if (!images || !provider.serve) {
    throw new AppError("UNPROCESSABLE", {
      userMessage: `Compute ${provider.type} cannot run endpoints. It needs containers.`,
    });
  }
  progress.step("Reading the model");
  const model = await openServedModel(services, deployment.modelVersionId);
  progress.line(`Model ${model.title}, Python ${model.python}, ${model.requirements.length} requirements`);
  const own = deployment.environment
    ? environmentDefinitionSchema.parse(deployment.environment.definition)
    : null;
  const fitting = own ? null : await findFittingImage(services.db, provider, model);
  let base = fitting;
  if (base) progress.line("An environment that was built before has every version that the model asks for.");
  if (!base) {
    progress.step("Installing packages");
    const { environment } = await ensureEnvironment(services, own ?? model.definition, {
      provider,
      onLine: (line) => progress.line(line),
      signal,
    });
    if (environment.kind !== "image")
      throw new Error("a provider with images made no image of an environment");
    base = environment.image;
  }
  progress.step("Building the image");
  const files: FileTree[] = [
    { path: `${home}/model`, open: () => model.open() },
    { path: `${home}/atelier_serving`, open: openServer },
  ];
  const image = await bakeImage(
    images,
    base,
    files,
    {
      cmd: ["python", "-m", "atelier_serving", "--model", `${home}/model`, "--name", model.title],
      env: { PYTHONPATH: home, PYTHONUNBUFFERED: "1", AZUREML_MODEL_DIR: home },
      exposedPorts: [servingPort],
      workingDir: home,
    },
    { signal },
  );
  progress.line(`Image ${image.id}, ${Math.round(image.sizeBytes / 2 ** 20)} MiB`);
  return image.id;
}

async function openServer() {
  const names = (await readdir(serverFolder)).filter((name) => name.endsWith(".py")).sort();
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(`${serverFolder}/${name}`)] as const),
  );
  return textTar(Object.fromEntries(texts));
}
