import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { trees } from "#db/schema/index.ts";
import { checkParameter } from "#lib/components/check-parameter.ts";
import type { ParameterDefinition } from "#lib/components/model.ts";
import { takesAnew } from "#lib/components/takes-anew.ts";
import { resolveTarget, type TargetRow } from "#lib/computes/queries.ts";
import { canonicalJson } from "#lib/core/canonical.ts";
import { invalid } from "#lib/core/errors.ts";
import { newRunName } from "#lib/core/ids.ts";
import { type ChosenEnvironment, resolveEnvironmentField } from "#lib/environments/resolve.ts";
import { findCodeDigest } from "#lib/runs/uploads.ts";
import { type EnvironmentField, environmentField } from "#lib/spec/kinds/environment.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import type { Literal, PipelineGraph, PlanCommand, PlanInput, PlanNode, PlanOutput } from "../model.ts";
import type { FlatGraph, FlatNode } from "../plan/flatten.ts";
import type { PlannedNode } from "../plan/plan-graph.ts";
import type { FaultCatcher } from "./fault-catcher.ts";
import type { DataResolver } from "./resolve-data.ts";

/** Makes plan nodes of flat ones: everything that they name is looked up once and fixed. */
export class NodeResolver {
  readonly #db: Queryable;
  readonly #workspaceId: string;
  readonly #data: DataResolver;
  readonly #catcher: FaultCatcher;
  readonly #flat: FlatGraph;
  readonly #graph: PipelineGraph;
  readonly #environments = new Map<string, Promise<ChosenEnvironment | null>>();
  readonly #targets = new Map<string, Promise<TargetRow | null>>();
  readonly #codes = new Map<string, Promise<boolean>>();

  constructor(given: {
    db: Queryable;
    workspaceId: string;
    data: DataResolver;
    catcher: FaultCatcher;
    flat: FlatGraph;
    graph: PipelineGraph;
  }) {
    this.#db = given.db;
    this.#workspaceId = given.workspaceId;
    this.#data = given.data;
    this.#catcher = given.catcher;
    this.#flat = given.flat;
    this.#graph = given.graph;
  }

  /** Null when something of it is not there; the catcher knows what. */
  async resolve({ node, needs, priority }: PlannedNode<FlatNode>): Promise<PlanNode | null> {
    const { found } = node;
    const { definition, body } = found;
    if (!body || body.kind === "pipeline") throw new Error(`step ${node.name} has nothing to execute`);
    const environment = await this.#environment(node);
    const target = await this.#target(node);
    const command = body.kind === "command" ? await this.#command(node) : null;
    const inputs = await this.#inputs(node);
    if (!environment || !target || !inputs || (body.kind === "command" && !command)) return null;
    if (target.provider === "local" && environment.definition.kind === "image") {
      const message = `“${target.name}” runs no images, and the step “${node.name}” is to run in the image ${environment.name}. Choose a compute with containers.`;
      this.#catcher.add(this.#path(node, "compute"), message, { node: node.name });
      return null;
    }
    const { versionId, ...fixed } = environment;
    const parameters = this.#parameters(node);
    const { onInit, onFinalize } = this.#graph.settings;
    // What prepares and what cleans up is done for its own sake.
    const standsApart = node.name === onInit || node.name === onFinalize;
    const isDeterministic = !standsApart && (node.isDeterministic ?? definition.isDeterministic);
    const resources = { ...(body.kind === "command" ? body.spec.resources : {}), ...node.resources };
    return {
      name: node.name,
      displayName: node.displayName,
      runName: newRunName(),
      kind: body.kind,
      module: body.kind === "module" ? body.module : null,
      command,
      component: {
        name: definition.name || node.name,
        version: definition.version,
        digest: definition.digest,
        ref: definition.ref,
        assetVersionId: found.assetVersionId,
      },
      parameters,
      inputs,
      outputs: this.#outputs(node),
      needs,
      compute: target.name,
      provider: target.provider,
      environment: fixed,
      environmentVersionId: versionId,
      limits: { timeoutSeconds: node.limits?.timeoutSeconds ?? null },
      resources: Object.keys(resources).length === 0 ? null : resources,
      retries: node.retries ?? 0,
      isDeterministic: isDeterministic && !takesAnew(definition.parameters, parameters),
      isolation: node.isolation ?? false,
      priority,
    };
  }

  /** Where a field of a step stands in the document; of a step inside a component, the step that holds it. */
  #path(node: FlatNode, field: string): string {
    const [outer = "", ...inner] = node.name.split(".");
    return inner.length === 0 ? `jobs.${outer}.${field}` : `jobs.${outer}.component`;
  }

  #environment(node: FlatNode): Promise<ChosenEnvironment | null> {
    const { body } = node.found;
    const own =
      body?.kind === "command"
        ? body.spec.environment
        : `azureml://registries/azureml/environments/${body?.kind === "module" ? body.environment : ""}/labels/latest`;
    const key = canonicalJson(node.environment ?? own);
    const known = this.#environments.get(key);
    if (known) return known;
    const path = this.#path(node, "environment");
    const found = this.#catcher.catch(
      async () => {
        const field: EnvironmentField =
          node.environment === undefined ? own : environmentField.parse(node.environment);
        return resolveEnvironmentField(this.#db, this.#workspaceId, field, path);
      },
      { node: node.name },
      path,
    );
    this.#environments.set(key, found);
    return found;
  }

  #target(node: FlatNode): Promise<TargetRow | null> {
    const wanted = node.compute;
    const known = this.#targets.get(wanted ?? "");
    if (known) return known;
    const path = node.hasOwnCompute ? this.#path(node, "compute") : "settings.default_compute";
    const found = this.#catcher.catch(
      async () => {
        const { target, warnings } = await resolveTarget(this.#db, this.#workspaceId, wanted);
        for (const { message } of warnings)
          this.#catcher.warn(path, message.replace("; the run goes", "; its steps go"));
        return target;
      },
      {},
      path,
    );
    this.#targets.set(wanted ?? "", found);
    return found;
  }

  async #command(node: FlatNode): Promise<PlanCommand | null> {
    const { body } = node.found;
    if (body?.kind !== "command") return null;
    const { spec } = body;
    const digest = spec.code === undefined ? null : findCodeDigest(parseRef(spec.code));
    const place = { node: node.name };
    const path = this.#path(node, "code");
    const found = await this.#catcher.catch(async () => {
      if (spec.code === undefined) return true;
      if (!digest) throw invalid(path, `“${spec.code}” names no uploaded folder.`, spec.code);
      if (!(await this.#hasCode(digest)))
        throw invalid(path, "The folder is not uploaded to this workspace.", digest);
      return true;
    }, place);
    if (!found) return null;
    const variables = { ...spec.environment_variables, ...node.environmentVariables };
    return {
      text: spec.command,
      codeDigest: digest,
      environmentVariables: Object.fromEntries(
        Object.entries(variables).map(([key, value]) => [key, String(value)]),
      ),
      distribution: node.distribution ?? spec.distribution ?? null,
    };
  }

  #hasCode(digest: string): Promise<boolean> {
    const known = this.#codes.get(digest);
    if (known) return known;
    const where = and(eq(trees.workspaceId, this.#workspaceId), eq(trees.digest, digest));
    const found = this.#db.$count(trees, where).then((count) => count > 0);
    this.#codes.set(digest, found);
    return found;
  }

  #parameters(node: FlatNode): Record<string, Literal> {
    const values: Record<string, Literal> = {};
    for (const parameter of node.found.definition.parameters) {
      const binding = node.inputs[parameter.name];
      // Known when the step that gives it has completed.
      if (binding?.kind === "output") continue;
      const given = binding?.kind === "literal" ? binding.value : undefined;
      const value = given ?? parameter.default;
      if (value === undefined || value === null) continue;
      const checked = checkParameter(parameter, value);
      if (checked.ok) values[parameter.name] = checked.value;
      else
        this.#catcher.add(`jobs.${node.name}.inputs.${parameter.name}`, checked.message, {
          node: node.name,
          parameter: parameter.name,
        });
    }
    return values;
  }

  async #inputs(node: FlatNode): Promise<Record<string, PlanInput> | null> {
    const inputs: Record<string, PlanInput> = {};
    let complete = true;
    for (const parameter of node.found.definition.parameters) {
      const { name, type } = parameter;
      const binding = node.inputs[name];
      if (binding?.kind !== "output") continue;
      const source = { kind: "output" as const, node: binding.node, port: binding.port };
      inputs[name] = { type, mode: "", source, rules: rulesOf(parameter) };
    }
    for (const port of node.found.definition.inputs) {
      const binding = node.inputs[port.name];
      if (!binding || binding.kind === "literal" || binding.kind === "template") continue;
      const mode = binding.mode ?? port.mode ?? "ro_mount";
      if (binding.kind === "output") {
        const { node: from, port: output } = binding;
        inputs[port.name] = { type: port.type, mode, source: { kind: "output", node: from, port: output } };
        continue;
      }
      const found =
        binding.kind === "pipeline_input"
          ? this.#data.inputOf(binding.name)
          : await this.#data.resolveAtPort(node.name, port.name, port.type, binding);
      if (!found?.source) {
        complete = false;
        continue;
      }
      const { source, assetVersionId, uri, type } = found;
      const chosen = binding.mode ?? port.mode ?? (binding.kind === "pipeline_input" ? found.mode : mode);
      if (source.kind === "uri" && chosen !== "direct") {
        const message = `${source.uri} is outside of the studio. Upload it as a dataset, or let “${node.name}” take it with mode: direct and read it itself.`;
        const place = { node: node.name, port: port.name };
        this.#catcher.add(this.#path(node, `inputs.${port.name}`), message, place);
        complete = false;
      }
      inputs[port.name] = {
        type: port.type,
        mode: chosen,
        source: { kind: "asset", source, assetVersionId, uri, type },
      };
    }
    return complete ? inputs : null;
  }

  #outputs(node: FlatNode): Record<string, PlanOutput> {
    return Object.fromEntries(
      node.found.definition.outputs.map(({ name, type, mode }): [string, PlanOutput] => {
        const said = node.outputs[name];
        const bound = Object.entries(this.#flat.outputs).find(
          ([, source]) => source.node === node.name && source.port === name,
        )?.[0];
        const pipeline = bound === undefined ? undefined : this.#graph.outputs[bound];
        const asset = said?.name ?? pipeline?.name;
        const version = said?.name === undefined ? pipeline?.version : said.version;
        return [
          name,
          {
            type: said?.type ?? (asset === undefined ? type : (pipeline?.type ?? type)),
            mode: said?.mode ?? pipeline?.mode ?? mode ?? "rw_mount",
            register: asset === undefined ? null : { name: asset, version: version ?? null },
            pipelineOutput: bound ?? null,
          },
        ];
      }),
    );
  }
}

function rulesOf({
  type,
  optional,
  min,
  max,
  enum: words,
}: ParameterDefinition): NonNullable<PlanInput["rules"]> {
  return {
    type,
    optional,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(words === undefined ? {} : { enum: words }),
  };
}
