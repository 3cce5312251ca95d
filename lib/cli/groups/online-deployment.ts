import type { Command } from "commander";
import type { Deployment } from "#lib/endpoints/model.ts";
import { specMapping } from "#lib/spec/dump.ts";
import type { OnlineDeploymentSpec } from "#lib/spec/kinds/online-deployment.ts";
import { type LoadedFile, loadSpecFile } from "#lib/spec/load.ts";
import { addVerb, type Invocation } from "../command.ts";
import { isNotFound } from "../errors.ts";
import { confirmDelete, given, readAssignments, readWhole, withFile, withName } from "../flags.ts";
import { showDeployment } from "../shapes/endpoint.ts";
import { waitUntil } from "../wait.ts";
import { registerFromSpec } from "./model-create.ts";
import { readDeploymentChange } from "./online-deployment-change.ts";

interface Named {
  name: string;
  endpointName: string;
}

interface CreateFlags extends Partial<Named> {
  file: string;
  set?: string[];
  allTraffic?: boolean;
  wait: boolean;
}

type Call<F> = Invocation<F>;

function withEndpoint(command: Command, required = true): Command {
  const flag = "-e, --endpoint-name <name>";
  return required
    ? command.requiredOption(flag, "the endpoint")
    : command.option(flag, "the endpoint, where the file does not name it");
}

const addressOf = ({ flags, workspace }: Call<Named>) => ({
  workspace,
  endpoint: flags.endpointName,
  deployment: flags.name,
});

function isMade({ provisioningState, allTrafficWhenReady }: Deployment): boolean {
  return provisioningState === "Succeeded" && !allTrafficWhenReady;
}

/** A raised number of instances leaves the state as it is; those that came with it are ready later. */
function isInForce(found: Deployment): boolean {
  return isMade(found) && found.readyCount >= found.instanceCount;
}

/** Waits until a deployment is ready, telling each step; one that failed is an error with what it wrote last. */
async function waitForDeployment(
  call: Pick<Call<object>, "connection" | "workspace" | "say">,
  { endpoint, name }: Deployment,
  isDone: (found: Deployment) => boolean,
): Promise<Deployment> {
  const one = { workspace: call.workspace, endpoint, deployment: name };
  const started = Date.now();
  let told = "";
  const found = await waitUntil(
    () => call.connection.api.endpoints.getDeployment(one),
    (now) => now.provisioningState === "Failed" || now.provisioningState === "Deleting" || isDone(now),
    {
      look: (found) => {
        const starting = found.instances.filter(({ state }) => state === "starting").length;
        const now = found.progress || (starting > 0 ? `Starting ${starting} of the model's instances` : "");
        if (!now || now === told || isDone(found)) return;
        call.say(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${now}`);
        told = now;
      },
    },
  );
  if (!found || found.provisioningState === "Deleting")
    throw new Error(`Deployment “${name}” was deleted while it was made.`);
  if (found.provisioningState === "Failed")
    throw new Error(`“${name}” failed: ${found.error ?? "no reason"}`);
  return found;
}

/**
 * A model that the file describes in place is registered first, under its own name or that of the deployment; where that
 * very version is there already, it is taken as it is.
 */
async function registerInlineModel(
  call: Call<object>,
  { spec, locals }: LoadedFile<"online-deployment">,
): Promise<OnlineDeploymentSpec> {
  if (spec.model === undefined || typeof spec.model === "string") return spec;
  const { connection, workspace, say } = call;
  const name = spec.model.name ?? `${spec.endpoint_name}-${spec.name}`;
  const { version } = spec.model;
  const local = locals.find(({ purpose }) => purpose === "model");
  const there =
    version && (await connection.api.models.getVersion({ workspace, name, version }).catch(orNull));
  const model = there || (await registerFromSpec(call, { ...spec.model, name }, local));
  say(`Model ${model.name}:${model.version}`);
  return { ...spec, model: model.reference };
}

function orNull(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}

async function createDeployment(call: Call<CreateFlags>): Promise<Deployment> {
  const { flags, connection, workspace, say } = call;
  const words = given({ name: flags.name, endpoint_name: flags.endpointName });
  const options = { kind: "online-deployment" as const, set: flags.set ?? [], flags: words };
  const loaded = await loadSpecFile(flags.file, options);
  for (const warning of loaded.warnings)
    say(`WARNING: ${warning.location ?? ""} ${warning.path}: ${warning.message}`);
  const spec = await registerInlineModel(call, loaded);
  const made = await connection.api.endpoints.createDeployment({
    workspace,
    endpoint: spec.endpoint_name,
    spec: specMapping("online-deployment", spec),
    allTraffic: flags.allTraffic ?? false,
  });
  return flags.wait ? waitForDeployment(call, made, isMade) : made;
}

/** `online-deployment`: create, show, list, update, delete, get-logs. */
export function registerOnlineDeployment(program: Command): void {
  const group = program.command("online-deployment").description("models behind an endpoint");
  addVerb<CreateFlags>(
    group,
    "create",
    "deploy a model version",
    (command) =>
      withEndpoint(withName(withFile(command), false), false)
        .option("--all-traffic", "send it all traffic as soon as it is ready")
        .option("--no-wait", "do not wait until it is ready")
        .option("--skip-script-validation", "accepted and ignored"),
    async (call) => showDeployment(await createDeployment(call)),
  );
  addVerb<Named>(
    group,
    "show",
    "one deployment",
    (command) => withEndpoint(withName(command)),
    async (call) => showDeployment(await call.connection.api.endpoints.getDeployment(addressOf(call))),
  );
  addVerb<Pick<Named, "endpointName">>(
    group,
    "list",
    "the deployments of an endpoint",
    (command) => withEndpoint(command),
    async ({ flags, connection, workspace }) => {
      const endpoint = flags.endpointName;
      const { items } = await connection.api.endpoints.listDeployments({ workspace, endpoint });
      return items.map(showDeployment);
    },
  );
  addVerb<Named & { file?: string; set?: string[]; wait: boolean }>(
    group,
    "update",
    "change a deployment; what needs new instances starts them before the old ones stop",
    (command) =>
      withEndpoint(withName(withFile(command, false)))
        .option("--no-wait", "do not wait until the change is in force")
        .option("--skip-script-validation", "accepted and ignored"),
    async (call) => {
      const change = await readDeploymentChange(call.flags, readAssignments(call.flags.set));
      const address = addressOf(call);
      const current = await call.connection.api.endpoints.getDeployment(address);
      const { tags, environmentVariables } = change;
      const changed = await call.connection.api.endpoints.updateDeployment({
        ...address,
        ...change,
        ...given({
          tags: tags && { ...current.tags, ...tags },
          environmentVariables: environmentVariables && {
            ...current.environmentVariables,
            ...environmentVariables,
          },
        }),
      });
      return showDeployment(call.flags.wait ? await waitForDeployment(call, changed, isInForce) : changed);
    },
  );
  addVerb<Named & { yes?: boolean; wait: boolean }>(
    group,
    "delete",
    "remove a deployment that takes no traffic",
    (command) =>
      withEndpoint(withName(command))
        .option("-y, --yes", "do not ask")
        .option("--no-wait", "do not wait until it is gone"),
    async (call) => {
      const { flags, connection } = call;
      await confirmDelete(`deployment ${flags.name} of ${flags.endpointName}`, flags.yes);
      const address = addressOf(call);
      await connection.api.endpoints.deleteDeployment(address);
      const never = () => false;
      if (flags.wait) await waitUntil(() => connection.api.endpoints.getDeployment(address), never);
    },
  );
  addVerb<Named & { lines?: string; container?: "inference-server" | "storage-initializer" }>(
    group,
    "get-logs",
    "the last lines that a deployment wrote",
    (command) =>
      withEndpoint(withName(command))
        .option("-l, --lines <n>", "how many lines; 5000 unless given")
        .option("-c, --container <name>", "inference-server, or storage-initializer: how its image was made"),
    async (call) => {
      const lines = readWhole("--lines", call.flags.lines, 1);
      const { container } = call.flags;
      const asked = { ...addressOf(call), ...given({ lines, container }) };
      const { content } = await call.connection.api.endpoints.logs(asked);
      process.stdout.write(content === "" || content.endsWith("\n") ? content : `${content}\n`);
    },
  );
}
