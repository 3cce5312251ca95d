import { basename } from "node:path";
import type { ModelSource, ModelVersion } from "#lib/models/model.ts";
import type { ModelSpec } from "#lib/spec/kinds/model.ts";
import { type LocalFile, loadSpecFile, loadSpecFlags } from "#lib/spec/load.ts";
import type { Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { given } from "../flags.ts";
import { textValues } from "../spec-words.ts";
import { uploadFile, uploadFolder } from "../upload.ts";

export interface CreateModelFlags {
  file?: string;
  set?: string[];
  name?: string;
  version?: string;
  path?: string;
  type?: string;
  stage?: string;
  description?: string;
}

type Call = Pick<Invocation<object>, "connection" | "workspace" | "say">;
type Place = Pick<LocalFile, "absolutePath" | "isFolder">;

async function readModel(flags: CreateModelFlags): Promise<{ spec: ModelSpec; local: Place | undefined }> {
  const { name, version, path, type, stage, description } = flags;
  const words = given({ name, version, path, type, stage, description });
  if (!flags.file && (!name || !path)) throw new UsageError("Give --file, or --name and --path.");
  const options = { kind: "model" as const, set: flags.set ?? [], flags: words };
  const { spec, locals } = await (flags.file ? loadSpecFile(flags.file, options) : loadSpecFlags(options));
  return { spec, local: locals.find((file) => file.purpose === "model") };
}

async function sendSource(call: Call, spec: Pick<ModelSpec, "path">, local?: Place): Promise<ModelSource> {
  if (!local) return { path: spec.path };
  const { connection, workspace, say } = call;
  say(`Uploading ${basename(local.absolutePath)}`);
  if (local.isFolder) return { tree: (await uploadFolder(connection, workspace, local.absolutePath)).digest };
  const { sha256 } = await uploadFile(connection, workspace, local.absolutePath);
  return { sha256, fileName: basename(local.absolutePath) };
}

/** Registers a version from what a spec names: a local file or folder, which is uploaded, or what a run wrote. */
export async function registerFromSpec(
  call: Call,
  spec: Omit<ModelSpec, "stage">,
  local?: Place,
): Promise<ModelVersion> {
  const { name, version, type, description } = spec;
  return call.connection.api.models.register({
    workspace: call.workspace,
    name,
    ...given({ version, type, description }),
    tags: textValues(spec.tags),
    properties: textValues(spec.properties),
    source: await sendSource(call, spec, local),
  });
}

export async function createModel(call: Call, flags: CreateModelFlags): Promise<ModelVersion> {
  const { spec, local } = await readModel(flags);
  const stage = spec.stage === undefined ? undefined : readStage(spec.stage);
  const made = await registerFromSpec(call, spec, local);
  if (!stage) return made;
  const one = { workspace: call.workspace, name: made.name, version: made.version };
  return call.connection.api.models.updateVersion({ ...one, stage });
}

const stages = ["None", "Staging", "Production", "Archived"] as const;

/** A stage of MLflow's registry, in any case of letters. */
export function readStage(text: string): (typeof stages)[number] {
  const found = stages.find((stage) => stage.toLowerCase() === text.toLowerCase());
  if (!found) throw new UsageError(`--stage: “${text}” is none of ${stages.join(", ")}.`);
  return found;
}
