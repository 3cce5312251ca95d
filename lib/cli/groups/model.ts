import { join } from "node:path";
import type { Command } from "commander";
import { addVerb } from "../command.ts";
import type { Connection } from "../connection.ts";
import { downloadFolder } from "../download.ts";
import {
  confirmDelete,
  given,
  type PagingFlags,
  readAll,
  readAssignments,
  readWordChanges,
  versionPart,
  withFile,
  withName,
  withPaging,
  withVersion,
} from "../flags.ts";
import { showModel, showModelSummary } from "../shapes/model.ts";
import { type AssetFlags, addArchiveVerbs } from "./asset-verbs.ts";
import { type CreateModelFlags, createModel, readStage } from "./model-create.ts";

function find(connection: Connection, workspace: string, flags: AssetFlags) {
  return connection.api.models.getVersion({ workspace, name: flags.name, version: versionPart(flags) });
}

async function list(
  flags: PagingFlags & { name?: string; stage?: string },
  connection: Connection,
  workspace: string,
): Promise<Record<string, unknown>[]> {
  const { name } = flags;
  const stage = flags.stage === undefined ? undefined : readStage(flags.stage);
  if (name) {
    const { versions } = await connection.api.models.get({ workspace, name });
    return versions
      .filter((version) => !stage || version.stage === stage)
      .map((version) => showModel(version));
  }
  const items = await readAll(flags, ({ archived, ...page }) =>
    connection.api.models.list({ workspace, ...page, archived: archived ? "true" : "false" }),
  );
  return items.filter((model) => !stage || model.stage === stage).map(showModelSummary);
}

async function update(
  flags: AssetFlags & { set?: string[]; stage?: string },
  connection: Connection,
  workspace: string,
) {
  const current = await find(connection, workspace, flags);
  const assignments = readAssignments(flags.set);
  const words = assignments.filter(([path]) => path !== "stage").map((pair) => pair.join("="));
  const stage = assignments.findLast(([path]) => path === "stage")?.[1] ?? flags.stage;
  return connection.api.models.updateVersion({
    workspace,
    name: flags.name,
    version: current.version,
    ...readWordChanges(words, current.tags),
    ...given({ stage: stage === undefined ? undefined : readStage(stage) }),
  });
}

/** `model`: create, show, list, update, download, archive, restore, delete. */
export function registerModel(program: Command): void {
  const group = program.command("model").description("registered models");
  addVerb<CreateModelFlags>(
    group,
    "create",
    "register a version of a model",
    (command) =>
      withName(withFile(command, false), false)
        .option("-v, --version <version>", "version; the next number unless given")
        .option(
          "-p, --path <path>",
          "local file or folder, runs:/RUN/PATH or azureml://jobs/RUN/outputs/artifacts/paths/PATH",
        )
        .option("-t, --type <type>", "mlflow_model or custom_model; found out from the files unless given")
        .option("-s, --stage <stage>", "None, Staging, Production or Archived")
        .option("--description <text>", "what it is for"),
    async (call) => showModel(await createModel(call, call.flags)),
  );
  addVerb<AssetFlags>(
    group,
    "show",
    "one version",
    (command) => withVersion(withName(command)),
    async ({ flags, connection, workspace }) => {
      const model = await find(connection, workspace, flags);
      const one = { workspace, name: model.name, version: model.version };
      return showModel(model, (await connection.api.models.facts(one)).facts);
    },
  );
  addVerb<PagingFlags & { name?: string; stage?: string }>(
    group,
    "list",
    "models, or the versions of one",
    (command) => withPaging(withName(command, false)).option("-s, --stage <stage>", "only of this stage"),
    ({ flags, connection, workspace }) => list(flags, connection, workspace),
  );
  addVerb<AssetFlags & { set?: string[]; stage?: string }>(
    group,
    "update",
    "change a version's words or stage",
    (command) =>
      withVersion(withName(command))
        .option("-s, --stage <stage>", "None, Staging, Production or Archived")
        .option("--set <path=value...>", "description=…, stage=…, tags.x=…"),
    async ({ flags, connection, workspace }) => showModel(await update(flags, connection, workspace)),
  );
  addVerb<AssetFlags & { downloadPath?: string }>(
    group,
    "download",
    "save a version's files in a folder of the model's name",
    (command) =>
      withVersion(withName(command)).option(
        "-p, --download-path <path>",
        "where that folder is made; here unless given",
      ),
    async ({ flags, connection, workspace, say }) => {
      const [space, name, version] = [workspace, flags.name, versionPart(flags)].map(encodeURIComponent);
      const path = `/workspaces/${space}/models/${name}/versions/${version}/zip`;
      const folder = join(flags.downloadPath ?? ".", flags.name);
      say(`Saved in ${await downloadFolder(connection, path, folder)}`);
    },
  );
  addArchiveVerbs(group, "a model", {
    version: ({ connection, workspace }, name, version, archived) =>
      connection.api.models.updateVersion({ workspace, name, version, archived }),
    all: ({ connection, workspace }, name, archived) =>
      connection.api.models.update({ workspace, name, archived }),
  });
  addVerb<AssetFlags & { yes?: boolean }>(
    group,
    "delete",
    "delete a model with every version",
    (command) => withName(command).option("-y, --yes", "do not ask"),
    async ({ flags, connection, workspace }) => {
      await confirmDelete(`model ${flags.name} with every version`, flags.yes);
      await connection.api.models.delete({ workspace, name: flags.name });
    },
  );
}
