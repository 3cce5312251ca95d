import { runPorts, runs } from "#db/schema/index.ts";
import { newId, newRunName } from "#lib/core/ids.ts";
import { definitionDigest } from "#lib/environments/digest.ts";
import type { PipelinePlan, PlanNode } from "#lib/pipelines/model.ts";
import type { RunRow } from "#lib/runs/transition.ts";
import type { Services } from "#lib/services/services.ts";
import type { TestWorkspace } from "#lib/testing/workspace.ts";
import { getOrCreateExperiment } from "#lib/tracking/experiments.ts";

const definition = {
  kind: "image" as const,
  image: process.env.ATELIER_BASE_IMAGE ?? "atelier-base:bookworm",
};

/** A command step with one output, `out`, and an input for each step that it needs. */
export function planNode(name: string, needs: string[], more: Partial<PlanNode> = {}): PlanNode {
  return {
    name,
    displayName: name,
    runName: newRunName(),
    kind: "command",
    module: null,
    command: { text: "true", codeDigest: null, environmentVariables: {}, distribution: null },
    component: { name, version: "1", digest: `component ${name}`, ref: "", assetVersionId: null },
    parameters: {},
    inputs: Object.fromEntries(
      needs.map((need): [string, PlanNode["inputs"][string]] => [
        `from_${need}`,
        { type: "uri_folder", mode: "ro_mount", source: { kind: "output", node: need, port: "out" } },
      ]),
    ),
    outputs: { out: { type: "uri_folder", mode: "rw_mount", register: null, pipelineOutput: null } },
    needs,
    compute: "docker",
    provider: "docker",
    environment: { name: "base", definition, digest: definitionDigest(definition) },
    environmentVersionId: null,
    limits: { timeoutSeconds: null },
    resources: null,
    retries: 0,
    isDeterministic: true,
    isolation: false,
    priority: 1,
    ...more,
  };
}

/** A pipeline run with its steps as a submission leaves them, for tests of what comes after it. */
export async function insertPlan(
  { db }: Pick<Services, "db">,
  workspace: TestWorkspace,
  nodes: PlanNode[],
  settings: Partial<PipelinePlan["settings"]> = {},
): Promise<RunRow> {
  const all = { continueOnStepFailure: false, forceRerun: false, ...settings };
  const plan: PipelinePlan = {
    version: 1,
    hash: "test",
    settings: all,
    nodes,
    outputs: {},
    graph: { inputs: {}, outputs: {}, nodes: [], settings: all },
  };
  return db.transaction(async (tx) => {
    const experiment = await getOrCreateExperiment(tx, workspace.id, "Default");
    const id = newId("run");
    const common = {
      workspaceId: workspace.id,
      experimentNumber: experiment.number,
      rootRunId: id,
      status: "NotStarted",
      origin: "studio" as const,
      createdBy: workspace.userId,
    };
    const name = newRunName();
    const [parent] = await tx
      .insert(runs)
      .values({ ...common, id, name, displayName: name, type: "pipeline", plan: { ...plan } })
      .returning();
    if (!parent) throw new Error("the pipeline was not written");
    const steps = nodes.map((node) => ({ node, runId: newId("run") }));
    await tx.insert(runs).values(
      steps.map(({ node, runId }) => ({
        ...common,
        id: runId,
        name: node.runName,
        displayName: node.displayName,
        type: "command",
        parentRunId: id,
        nodeName: node.name,
        compute: node.compute,
        environment: node.environment,
        spec: {
          type: "command",
          command: node.command?.text ?? "",
          environment: { image: definition.image },
        },
      })),
    );
    const outputs = steps.flatMap(({ node, runId }) =>
      Object.entries(node.outputs).map(([port, { type, mode }]) => ({
        runId,
        direction: "output" as const,
        name: port,
        type,
        mode,
        uri: `azureml://jobs/${node.runName}/outputs/${port}/paths/`,
      })),
    );
    if (outputs.length > 0) await tx.insert(runPorts).values(outputs);
    return parent;
  });
}
