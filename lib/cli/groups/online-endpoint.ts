import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Traffic } from "#lib/endpoints/model.ts";
import { specMapping } from "#lib/spec/dump.ts";
import type { OnlineEndpointSpec } from "#lib/spec/kinds/online-endpoint.ts";
import { loadSpecFile } from "#lib/spec/load.ts";
import { loadSpecValue } from "#lib/spec/load-text.ts";
import { addVerb } from "../command.ts";
import type { Connection } from "../connection.ts";
import { UsageError } from "../errors.ts";
import {
  confirmDelete,
  given,
  readAll,
  readAssignments,
  readPairs,
  readWhole,
  readWordChanges,
  withFile,
  withName,
} from "../flags.ts";
import { showEndpoint } from "../shapes/endpoint.ts";
import { textValues } from "../spec-words.ts";
import { waitUntil } from "../wait.ts";

interface Named {
  name: string;
}

interface CreateFlags extends Partial<Named> {
  file?: string;
  set?: string[];
  authMode?: string;
  web?: boolean;
}

async function readEndpoint(flags: CreateFlags): Promise<OnlineEndpointSpec> {
  const words = given({ name: flags.name, auth_mode: flags.authMode });
  const options = { kind: "online-endpoint" as const, set: flags.set ?? [], flags: words };
  if (flags.file) return (await loadSpecFile(flags.file, options)).spec;
  if (!flags.name) throw new UsageError("Give --file or --name.");
  return loadSpecValue({}, options).spec;
}

/** `"blue=90 green=10"`, in one word or several. */
export function readTraffic(words: readonly string[]): Traffic {
  const pairs = Object.entries(readPairs("--traffic", words) ?? {});
  return Object.fromEntries(
    pairs.map(([name, percent]) => [name, readWhole(`--traffic ${name}`, percent) ?? 0]),
  );
}

interface UpdateFlags extends Named {
  file?: string;
  set?: string[];
  traffic?: string[];
}

/** What an update asks for; a later source wins: the file, then `--set`, then `--traffic`. */
async function readChange(flags: UpdateFlags, connection: Connection, workspace: string) {
  const one = { workspace, endpoint: flags.name };
  const current = await connection.api.endpoints.get(one);
  const file = flags.file
    ? (await loadSpecFile(flags.file, { kind: "online-endpoint", flags: { name: flags.name } })).spec
    : undefined;
  const assignments = readAssignments(flags.set);
  const shares = assignments.filter(([path]) => path.startsWith("traffic."));
  const words = assignments.filter(([path]) => !path.startsWith("traffic.")).map((pair) => pair.join("="));
  const set = shares.map(([path, percent]) => `${path.slice("traffic.".length)}=${percent}`);
  return {
    ...one,
    ...given({
      description: file?.description,
      tags: file?.tags && textValues(file.tags),
      traffic: file?.traffic,
    }),
    ...readWordChanges(words, current.tags),
    ...(set.length > 0 ? { traffic: { ...current.traffic, ...readTraffic(set) } } : {}),
    ...(flags.traffic ? { traffic: readTraffic(flags.traffic) } : {}),
  };
}

/** The sentence of an error's JSON, or all of what came. */
function messageIn(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : body;
  } catch {
    return body;
  }
}

interface InvokeFlags extends Named {
  requestFile: string;
  deploymentName?: string;
}

/** The answer as the model wrote it. An answer that is no success is an error with what it says. */
async function invoke(flags: InvokeFlags, connection: Connection, workspace: string): Promise<string> {
  const body = await readFile(flags.requestFile, "utf8");
  const deployment = flags.deploymentName ? { deployment: flags.deploymentName } : {};
  const answer = await connection.api.endpoints.invoke({
    workspace,
    endpoint: flags.name,
    body,
    ...deployment,
  });
  if (answer.status >= 400)
    throw new Error(`The endpoint answered ${answer.status}: ${messageIn(answer.body)}`);
  return answer.body;
}

/** `online-endpoint`: create, show, list, update, delete, invoke, get-credentials, regenerate-keys. */
export function registerOnlineEndpoint(program: Command): void {
  const group = program.command("online-endpoint").description("stable addresses of models");
  addVerb<CreateFlags>(
    group,
    "create",
    "make an endpoint: an address and two keys",
    (command) =>
      withName(withFile(command, false), false)
        .option("--auth-mode <mode>", "key, the only one here")
        .option("--no-wait", "accepted: an endpoint is there at once")
        .option("--web", "accepted and ignored"),
    async ({ flags, connection, workspace }) => {
      const spec = specMapping("online-endpoint", await readEndpoint(flags));
      return showEndpoint(await connection.api.endpoints.create({ workspace, spec }));
    },
  );
  addVerb<Named>(
    group,
    "show",
    "one endpoint",
    (command) => withName(command),
    async ({ flags, connection, workspace }) =>
      showEndpoint(await connection.api.endpoints.get({ workspace, endpoint: flags.name })),
  );
  addVerb<{ maxResults?: string }>(
    group,
    "list",
    "endpoints, newest first",
    (command) => command.option("-r, --max-results <n>", "how many at most"),
    async ({ flags, connection, workspace }) => {
      const items = await readAll(flags, ({ limit, cursor }) =>
        connection.api.endpoints.list({ workspace, limit, ...(cursor ? { cursor } : {}) }),
      );
      return items.map(showEndpoint);
    },
  );
  addVerb<UpdateFlags>(
    group,
    "update",
    "move the traffic, or change the words",
    (command) =>
      withName(withFile(command, false))
        .option("-r, --traffic <shares...>", 'percent by deployment: "blue=90 green=10"')
        .option("--no-wait", "accepted: a split holds at once"),
    async ({ flags, connection, workspace }) =>
      showEndpoint(await connection.api.endpoints.update(await readChange(flags, connection, workspace))),
  );
  addVerb<Named & { yes?: boolean; wait: boolean }>(
    group,
    "delete",
    "delete an endpoint with its deployments",
    (command) =>
      withName(command).option("-y, --yes", "do not ask").option("--no-wait", "do not wait until it is gone"),
    async ({ flags, connection, workspace }) => {
      await confirmDelete(`endpoint ${flags.name} with its deployments`, flags.yes);
      const one = { workspace, endpoint: flags.name };
      await connection.api.endpoints.delete(one);
      const gone = () => false;
      if (flags.wait) await waitUntil(() => connection.api.endpoints.get(one), gone);
    },
  );
  addVerb<InvokeFlags>(
    group,
    "invoke",
    "ask for predictions",
    (command) =>
      withName(command)
        .requiredOption("-r, --request-file <path>", "file with the JSON to send")
        .option("-d, --deployment-name <name>", "this deployment, past the traffic split"),
    ({ flags, connection, workspace }) => invoke(flags, connection, workspace),
  );
  addVerb<Named>(
    group,
    "get-credentials",
    "the two keys",
    (command) => withName(command),
    ({ flags, connection, workspace }) =>
      connection.api.endpoints.credentials({ workspace, endpoint: flags.name }),
  );
  addVerb<Named & { keyType: string }>(
    group,
    "regenerate-keys",
    "replace a key; the old one stops within seconds",
    (command) => withName(command).option("--key-type <type>", "primary or secondary", "primary"),
    async ({ flags, connection, workspace }) => {
      const keyType = flags.keyType.toLowerCase();
      if (keyType !== "primary" && keyType !== "secondary")
        throw new UsageError(`--key-type: “${flags.keyType}” is neither primary nor secondary.`);
      await connection.api.endpoints.regenerateKey({ workspace, endpoint: flags.name, keyType });
    },
  );
}
