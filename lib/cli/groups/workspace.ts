import type { Command } from "commander";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { workspaceOf } from "../connection.ts";
import { UsageError } from "../errors.ts";
import { confirmDelete, given, readWordChanges, withFile, withName } from "../flags.ts";
import { showWorkspace } from "../shapes/places.ts";

interface NameFlag {
  name?: string;
}

interface CreateFlags extends NameFlag {
  file?: string;
  set?: string[];
  displayName?: string;
  description?: string;
}

/** `workspace`: create, show, list, update, delete. */
export function registerWorkspace(program: Command): void {
  const group = program.command("workspace").description("workspaces");
  addVerb<CreateFlags>(
    group,
    "create",
    "make a workspace",
    (command) =>
      withName(withFile(command, false), false)
        .option("--display-name <text>", "shown to people")
        .option("--description <text>", "what it is for")
        .option("-l, --location <name>", "accepted and ignored"),
    async ({ flags, connection }) => {
      const { name, displayName, description } = flags;
      const words = given({ name, display_name: displayName, description });
      const spec = flags.file
        ? (await loadSpecFile(flags.file, { kind: "workspace", set: flags.set ?? [], flags: words })).spec
        : words;
      if (!spec.name) throw new UsageError("--name is missing.");
      const made = await connection.api.workspaces.create({
        name: String(spec.name),
        ...(spec.display_name ? { displayName: String(spec.display_name) } : {}),
        description: String(spec.description ?? ""),
      });
      return showWorkspace(made);
    },
  );
  addVerb<NameFlag>(
    group,
    "show",
    "one workspace",
    (command) => withName(command, false),
    async ({ flags, connection }) =>
      showWorkspace(await connection.api.workspaces.get({ workspace: workspaceOf(flags.name) })),
  );
  addVerb(
    group,
    "list",
    "your workspaces",
    (command) => command,
    async ({ connection }) => (await connection.api.workspaces.list()).items.map(showWorkspace),
  );
  addVerb<NameFlag & { set?: string[]; displayName?: string; description?: string }>(
    group,
    "update",
    "change a workspace's words",
    (command) =>
      withName(command, false)
        .option("--display-name <text>", "shown to people")
        .option("--description <text>", "what it is for")
        .option("--set <path=value...>", "display_name=…, description=…"),
    async ({ flags, connection }) => {
      const { displayName, description } = flags;
      const set = readWordChanges(flags.set, {}, { displayName: true });
      const change = { ...given({ displayName, description }), ...set };
      return showWorkspace(
        await connection.api.workspaces.update({ workspace: workspaceOf(flags.name), ...change }),
      );
    },
  );
  addVerb<NameFlag & { yes?: boolean }>(
    group,
    "delete",
    "put a workspace away; an owner can bring it back in the studio",
    (command) =>
      withName(command).option("-y, --yes", "do not ask").option("--all-resources", "accepted and ignored"),
    async ({ flags, connection }) => {
      await confirmDelete(`workspace ${flags.name}`, flags.yes);
      await connection.api.workspaces.archive({ workspace: workspaceOf(flags.name) });
    },
  );
}
