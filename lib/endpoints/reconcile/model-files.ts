import type { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import tar from "tar-stream";
import YAML from "yaml";
import { z } from "zod";
import { assets, assetVersions } from "#db/schema/index.ts";
import { pour, tarStream } from "#lib/compute/archive.ts";
import { AppError } from "#lib/core/errors.ts";
import type { EnvironmentDefinition } from "#lib/environments/build/definition.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import type { FileEntry } from "#lib/files/model.ts";
import type { Services } from "#lib/services/services.ts";

const maxTextBytes = 1024 * 1024;

export interface ServedModel {
  /** `churn:2`. */
  title: string;
  /** What it asks to be installed. */
  definition: EnvironmentDefinition;
  requirements: string[];
  python: string;
  /** A new tar stream of its folder at each call. */
  open(): Readable;
}

const mlmodelSchema = z.looseObject({
  mlflow_version: z.string().optional(),
  flavors: z.looseObject({ python_function: z.looseObject({ python_version: z.string().optional() }) }),
});

/** The files of a registered model and what they need to run. Throws `UNPROCESSABLE` for one that cannot be served. */
export async function openServedModel(services: Services, modelVersionId: string): Promise<ServedModel> {
  const [found] = await services.db
    .select({ version: assetVersions, name: assets.name })
    .from(assetVersions)
    .innerJoin(assets, eq(assets.id, assetVersions.assetId))
    .where(eq(assetVersions.id, modelVersionId));
  if (!found) throw unservable("The model version was deleted. Deploy another one.");
  const title = `${found.name}:${found.version.version}`;
  const files = openFileSet(services, found.version.workspaceId, found.version.source);
  const entries = await files.list();
  const root = findRoot(entries, title);
  const below = entries.filter(({ path }) => path.startsWith(root));
  const text = async (name: string) => {
    const entry = below.find(({ path }) => path === root + name);
    return entry && entry.sizeBytes <= maxTextBytes ? readText(files, entry.path) : "";
  };
  const mlmodel = parseMlmodel(await text("MLmodel"), title);
  const requirements = withMlflow(linesOf(await text("requirements.txt")), mlmodel.mlflow_version);
  const python = /^3\.\d+/.exec(mlmodel.flavors.python_function.python_version ?? "")?.[0] ?? "3.11";
  return {
    title,
    definition: { kind: "pip", requirements, python },
    requirements,
    python,
    open: () => tarOf(files, below, root),
  };
}

function unservable(userMessage: string): AppError {
  return new AppError("UNPROCESSABLE", { userMessage });
}

/** The folder of the MLmodel file nearest to the top, with a slash at its end; empty for the top itself. */
function findRoot(entries: FileEntry[], title: string): string {
  const [nearest] = entries
    .map(({ path }) => path)
    .filter((path) => path === "MLmodel" || path.endsWith("/MLmodel"))
    .sort((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
  if (nearest === undefined) {
    throw unservable(
      `${title} has no MLmodel file. Log it with mlflow.<flavor>.log_model, then register that.`,
    );
  }
  return nearest.slice(0, -"MLmodel".length);
}

function parseMlmodel(text: string, title: string): z.output<typeof mlmodelSchema> {
  const parsed = mlmodelSchema.safeParse(YAML.parse(text));
  if (parsed.success) return parsed.data;
  throw unservable(`${title} has no python_function flavor, so it cannot be called from Python.`);
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith("-c"));
}

/** The server loads the model by MLflow, which a list of requirements may leave out. */
function withMlflow(requirements: string[], version: string | undefined): string[] {
  if (requirements.some((line) => /^mlflow(-skinny)?\b/i.test(line))) return requirements;
  return [version && /^[\d.]+$/.test(version) ? `mlflow==${version}` : "mlflow", ...requirements];
}

async function readText(files: FileSet, path: string): Promise<string> {
  const { body } = await files.open(path);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function tarOf(files: FileSet, entries: FileEntry[], root: string): Readable {
  const pack = tar.pack();
  const write = async () => {
    for (const { path, sizeBytes } of entries) {
      const sink = pack.entry({ name: path.slice(root.length), size: sizeBytes, mode: 0o644 });
      if (sizeBytes === 0) sink.end(null);
      else await pour((await files.open(path)).body, sink);
    }
    pack.finalize();
  };
  write().catch((error: Error) => pack.destroy(error));
  return tarStream(pack);
}
