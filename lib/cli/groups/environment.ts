import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { parse } from "yaml";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { UsageError } from "../errors.ts";
import {
  given,
  type PagingFlags,
  readAll,
  readWordChanges,
  versionPart,
  withFile,
  withName,
  withPaging,
  withVersion,
} from "../flags.ts";
import { showAsset, showEnvironment } from "../shapes/assets.ts";

interface Named {
  name: string;
  version?: string;
  label?: string;
}

interface CreateFlags extends Partial<Named> {
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
  addVerb<Named>(
    group,
    "show",
    "one version",
    (command) => withVersion(withName(command)),
    async ({ flags, connection, workspace }) =>
      showEnvironment(
        await connection.api.environments.get({
          workspace,
          environment: flags.name,
          version: versionPart(flags),
        }),
      ),
  );
  addVerb<PagingFlags & { name?: string }>(
    group,
    "list",
    "environments, or the versions of one",
    (command) => withPaging(withName(command, false)),
    async ({ flags, connection, workspace }) => {
      if (flags.name) {
        const { items } = await connection.api.environments.versions({ workspace, environment: flags.name });
        return items.map(showEnvironment);
      }
      const items = await readAll(flags, ({ archived, ...page }) =>
        connection.api.environments.list({ workspace, ...page, archived: archived ? "true" : "false" }),
      );
      return items.map(showAsset);
    },
  );
  addVerb<Named & { set?: string[] }>(
    group,
    "update",
    "change what is said about a version",
    (command) => withVersion(withName(command)).option("--set <path=value...>", "description=…, tags.x=…"),
    async ({ flags, connection, workspace }) => {
      const one = { workspace, environment: flags.name, version: versionPart(flags) };
      const current = await connection.api.environments.get(one);
      const change = readWordChanges(flags.set, current.tags);
      return showEnvironment(await connection.api.environments.update({ ...one, ...change }));
    },
  );
  for (const [verb, archived] of [
    ["archive", true],
    ["restore", false],
    ["delete", true],
  ] as const) {
    addVerb<Named>(
      group,
      verb,
      archived
        ? "take an environment out of the lists; runs that used it keep it"
        : "bring an environment back",
      (command) => withVersion(withName(command)).option("-y, --yes", "accepted: it can be restored"),
      async ({ flags, connection, workspace }) => {
        const { name: environment, version } = flags;
        if (version) await connection.api.environments.update({ workspace, environment, version, archived });
        else await connection.api.environments.archive({ workspace, environment, archived });
      },
    );
  }
}
