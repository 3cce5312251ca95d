import type { Command } from "commander";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { confirmDelete, given, readWhole, withFile, withName } from "../flags.ts";
import { showCompute } from "../shapes/places.ts";

interface CreateFlags {
  file?: string;
  set?: string[];
  name?: string;
  type?: string;
  maxInstances?: string;
  minInstances?: string;
  description?: string;
}

async function readCompute(flags: CreateFlags): Promise<Record<string, unknown>> {
  const words = given({
    name: flags.name,
    type: flags.type,
    min_instances: readWhole("--min-instances", flags.minInstances),
    max_instances: readWhole("--max-instances", flags.maxInstances),
    description: flags.description,
  });
  if (!flags.file) return words;
  const { spec } = await loadSpecFile(flags.file, { kind: "compute", set: flags.set ?? [], flags: words });
  return spec as Record<string, unknown>;
}

/** `compute`: create, show, list, update, delete. */
export function registerCompute(program: Command): void {
  const group = program.command("compute").description("compute targets");
  addVerb<CreateFlags>(
    group,
    "create",
    "make a compute target",
    (command) =>
      withName(withFile(command, false), false)
        .option("-t, --type <type>", "docker, local or amlcompute")
        .option("--min-instances <n>", "kept warm")
        .option("--max-instances <n>", "runs at once")
        .option("--size <name>", "accepted and ignored")
        .option("--tier <name>", "accepted and ignored")
        .option("-d, --idle-time-before-scale-down <seconds>", "accepted and ignored")
        .option("--identity-type <name>", "accepted and ignored")
        .option("--description <text>", "what it is for"),
    async ({ flags, connection, workspace }) =>
      showCompute(await connection.api.computes.create({ workspace, spec: await readCompute(flags) })),
  );
  addVerb<{ name: string }>(
    group,
    "show",
    "one compute target",
    (command) => withName(command),
    async (call) =>
      showCompute(
        await call.connection.api.computes.get({ workspace: call.workspace, compute: call.flags.name }),
      ),
  );
  addVerb<{ type?: string; maxResults?: string }>(
    group,
    "list",
    "compute targets",
    (command) =>
      command
        .option("-t, --type <type>", "only of this type")
        .option("-r, --max-results <n>", "how many at most"),
    async ({ flags, connection, workspace }) => {
      const { items } = await connection.api.computes.list({ workspace });
      const wanted = readWhole("--max-results", flags.maxResults, 1) ?? items.length;
      return items
        .filter((item) => !flags.type || item.provider === flags.type)
        .slice(0, wanted)
        .map(showCompute);
    },
  );
  addVerb<{ name: string; maxInstances?: string; minInstances?: string; description?: string }>(
    group,
    "update",
    "change a compute target",
    (command) =>
      withName(command)
        .option("--max-instances <n>", "runs at once")
        .option("--min-instances <n>", "accepted and ignored")
        .option("--description <text>", "what it is for"),
    async ({ flags, connection, workspace }) => {
      const change = given({
        maxInstances: readWhole("--max-instances", flags.maxInstances, 1),
        description: flags.description,
      });
      return showCompute(await connection.api.computes.update({ workspace, compute: flags.name, ...change }));
    },
  );
  addVerb<{ name: string; yes?: boolean }>(
    group,
    "delete",
    "delete a compute target",
    (command) => withName(command).option("-y, --yes", "do not ask"),
    async ({ flags, connection, workspace }) => {
      await confirmDelete(`compute ${flags.name}`, flags.yes);
      await connection.api.computes.delete({ workspace, compute: flags.name });
    },
  );
}
