import { basename } from "node:path";
import type { Command } from "commander";
import type { NewDataset } from "#lib/datasets/model.ts";
import type { DataSpec } from "#lib/spec/kinds/data.ts";
import { loadSpecFile, loadSpecFlags } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import type { Connection } from "../connection.ts";
import { UsageError } from "../errors.ts";
import { confirmDelete, given, withFile, withName, withVersion } from "../flags.ts";
import { showAsset, showData } from "../shapes/assets.ts";
import { textValues } from "../spec-words.ts";
import { uploadFile, uploadFolder } from "../upload.ts";
import { type AssetFlags, addAssetVerbs } from "./asset-verbs.ts";

interface CreateFlags extends Partial<AssetFlags> {
  file?: string;
  set?: string[];
  path?: string;
  type?: string;
  description?: string;
}

async function sourceOf(
  connection: Connection,
  workspace: string,
  spec: Pick<DataSpec, "path" | "type">,
  local: string | undefined,
): Promise<NewDataset["source"]> {
  if (!local) return /^(azureml|runs):/.test(spec.path) ? { path: spec.path } : { uri: spec.path };
  if (spec.type !== "uri_file") return { tree: (await uploadFolder(connection, workspace, local)).digest };
  return { sha256: (await uploadFile(connection, workspace, local)).sha256, fileName: basename(local) };
}

async function readData(flags: CreateFlags): Promise<{ spec: DataSpec; local: string | undefined }> {
  const { name, version, type, path, description } = flags;
  const words = given({ name, version, type, path, description });
  if (!flags.file && (!flags.name || !flags.path)) throw new UsageError("Give --file, or --name and --path.");
  const options = { kind: "data" as const, set: flags.set ?? [], flags: words };
  const { spec, locals } = await (flags.file ? loadSpecFile(flags.file, options) : loadSpecFlags(options));
  return { spec, local: locals.find((file) => file.purpose === "data")?.absolutePath };
}

/** `data`: create, show, list, update, archive, restore, delete. */
export function registerData(program: Command): void {
  const group = program.command("data").description("datasets");
  addVerb<CreateFlags>(
    group,
    "create",
    "add a version of a dataset",
    (command) =>
      withVersion(withName(withFile(command, false), false))
        .option("-p, --path <path>", "local path, address, or azureml://jobs/RUN/outputs/NAME")
        .option("-t, --type <type>", "uri_file, uri_folder or mltable")
        .option("--description <text>", "what it holds"),
    async ({ flags, connection, workspace, say }) => {
      const { spec, local } = await readData(flags);
      if (local) say(`Uploading ${basename(local)}`);
      const source = await sourceOf(connection, workspace, spec, local);
      const made = await connection.api.datasets.create({
        workspace,
        name: spec.name,
        ...(spec.version ? { version: spec.version } : {}),
        type: spec.type,
        description: spec.description ?? "",
        tags: textValues(spec.tags),
        properties: textValues(spec.properties),
        source,
      });
      return showData(made);
    },
  );
  addAssetVerbs(group, {
    words: { one: "a dataset", many: "datasets" },
    find: ({ connection, workspace }, name, version) =>
      connection.api.datasets.getVersion({ workspace, name, version }),
    versions: async ({ connection, workspace }, name) =>
      (await connection.api.datasets.get({ workspace, name })).versions.map((version) => ({
        ...version,
        name,
      })),
    page: ({ connection, workspace }, page) => connection.api.datasets.list({ workspace, ...page }),
    change: ({ connection, workspace }, name, version, { displayName: _, ...change }) =>
      connection.api.datasets.updateVersion({ workspace, name, version, ...change }),
    archive: ({ connection, workspace }, name, archived) =>
      connection.api.datasets.update({ workspace, name, archived }),
    show: showData,
    showLine: showAsset,
  });
  addVerb<AssetFlags & { yes?: boolean }>(
    group,
    "delete",
    "delete a dataset",
    (command) => withName(command).option("-y, --yes", "do not ask"),
    async ({ flags, connection, workspace }) => {
      await confirmDelete(`dataset ${flags.name}`, flags.yes);
      await connection.api.datasets.delete({ workspace, name: flags.name });
    },
  );
}
