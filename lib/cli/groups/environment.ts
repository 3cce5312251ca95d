import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { parse } from "yaml";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { UsageError } from "../errors.ts";
import { given, withFile, withName, withVersion } from "../flags.ts";
import { showAsset, showEnvironment } from "../shapes/assets.ts";
import { type AssetFlags, addAssetVerbs } from "./asset-verbs.ts";

interface CreateFlags extends Partial<AssetFlags> {
  file?: string;
  set?: string[];
  image?: string;
  condaFile?: string;
  description?: string;
}

async function readEnvironment(flags: CreateFlags): Promise<Record<string, unknown>> {
  const conda = flags.condaFile ? (parse(await readFile(flags.condaFile, "utf8")) as unknown) : undefined;
  const { name, version, image, description } = flags;
  const words = given({ name, version, image, conda_file: conda, description });
  if (flags.file) {
    const { spec } = await loadSpecFile(flags.file, {
      kind: "environment",
      set: flags.set ?? [],
      flags: words,
    });
    return spec as Record<string, unknown>;
  }
  if (!flags.name || (!flags.image && !conda))
    throw new UsageError("Give --file, or --name with --image or --conda-file.");
  return words;
}

/** `environment`: create, show, list, update, archive, restore, delete. */
export function registerEnvironment(program: Command): void {
  const group = program.command("environment").description("environments");
  addVerb<CreateFlags>(
    group,
    "create",
    "make an environment, or its next version",
    (command) =>
      withVersion(withName(withFile(command, false), false))
        .option("-i, --image <image>", "image to use or to build on")
        .option("-c, --conda-file <path>", "conda file")
        .option("--os-type <type>", "accepted and ignored")
        .option("--description <text>", "what it holds"),
    async ({ flags, connection, workspace }) =>
      showEnvironment(
        await connection.api.environments.create({ workspace, spec: await readEnvironment(flags) }),
      ),
  );
  addAssetVerbs(group, {
    words: { one: "an environment", many: "environments" },
    find: ({ connection, workspace }, environment, version) =>
      connection.api.environments.get({ workspace, environment, version }),
    versions: async ({ connection, workspace }, environment) =>
      (await connection.api.environments.versions({ workspace, environment })).items,
    page: ({ connection, workspace }, page) => connection.api.environments.list({ workspace, ...page }),
    change: ({ connection, workspace }, environment, version, { displayName: _, ...change }) =>
      connection.api.environments.update({ workspace, environment, version, ...change }),
    archive: ({ connection, workspace }, environment, archived) =>
      connection.api.environments.archive({ workspace, environment, archived }),
    show: showEnvironment,
    showLine: showAsset,
  });
  addVerb<AssetFlags>(
    group,
    "delete",
    "as archive: runs that used it keep it",
    (command) => withVersion(withName(command)).option("-y, --yes", "accepted: it can be restored"),
    async ({ flags, connection, workspace }) => {
      const { name: environment, version } = flags;
      if (version)
        await connection.api.environments.update({ workspace, environment, version, archived: true });
      else await connection.api.environments.archive({ workspace, environment, archived: true });
    },
  );
}
