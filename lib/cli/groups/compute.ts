import type { Command } from "commander";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { UsageError } from "../errors.ts";
import { confirmDelete, withFile, withName } from "../flags.ts";
import { showCompute } from "../shapes.ts";

interface CreateFlags {
  file?: string;
  set?: string[];
  name?: string;
  type?: string;
  maxInstances?: string;
  minInstances?: string;
  description?: string;
}

function wholeNumber(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(value)) throw new UsageError(`${flag}: “${value}” is not a whole number.`);
  return Number(value);
}

async function readCompute(flags: CreateFlags): Promise<Record<string, unknown>> {
  const given = {
    name: flags.name,
    type: flags.type,
    min_instances: wholeNumber("--min-instances", flags.minInstances),
    max_instances: wholeNumber("--max-instances", flags.maxInstances),
    description: flags.description,
  };
  const words = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
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
  addVerb<{ type?: string }>(
    group,
    "list",
    "compute targets",
    (command) =>
      command
        .option("-t, --type <type>", "only of this type")
        .option("-r, --max-results <n>", "how many at most"),
    async ({ flags, connection, workspace }) => {
      const { items } = await connection.api.computes.list({ workspace });
      return items.filter((item) => !flags.type || item.provider === flags.type).map(showCompute);
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
      const maxInstances = wholeNumber("--max-instances", flags.maxInstances);
      const change = {
        ...(maxInstances === undefined ? {} : { maxInstances }),
        ...(flags.description === undefined ? {} : { description: flags.description }),
      };
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
