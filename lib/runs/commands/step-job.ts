import type { PlanNode } from "#lib/pipelines/model.ts";
import { dataTypes, isLiteralType, literalTypes, modelTypes } from "#lib/spec/kinds/data-types.ts";

const jobTypes: readonly string[] = [...dataTypes, ...modelTypes, ...literalTypes];

/** A step as the command job that it would be alone, for people who look at its run. Its plan is what is executed. */
export function stepJob(
  node: PlanNode,
  runNames: ReadonlyMap<string, string>,
  experimentName: string,
): Record<string, unknown> {
  const { command, limits, resources } = node;
  const variables = command?.environmentVariables ?? {};
  const inputs = Object.entries(node.inputs).flatMap(([name, { type, mode, source }]) => {
    // The value that a step before it gives is known when it starts: its run has it among its inputs.
    if (isLiteralType(type)) return [];
    const path =
      source.kind === "output"
        ? `azureml://jobs/${runNames.get(source.node)}/outputs/${source.port}/paths/`
        : source.uri;
    return [[name, { type: jobType(type), mode, path }]];
  });
  const outputs = Object.entries(node.outputs).map(([name, { type, mode, register }]) => [
    name,
    {
      type: jobType(type),
      mode,
      ...(register ? { name: register.name } : {}),
      ...(register?.version ? { version: register.version } : {}),
    },
  ]);
  return {
    type: "command",
    name: node.runName,
    display_name: node.displayName,
    experiment_name: experimentName,
    ...(node.component.ref ? { component: node.component.ref } : {}),
    command: command?.text ?? `python -m atelier_modules run step.json  # ${node.module}`,
    ...(command?.codeDigest ? { code: `azureml://codes/${command.codeDigest}/versions/1` } : {}),
    environment: `azureml:${node.environment.name}`,
    compute: `azureml:${node.compute}`,
    inputs: { ...node.parameters, ...Object.fromEntries(inputs) },
    outputs: Object.fromEntries(outputs),
    ...(Object.keys(variables).length > 0 ? { environment_variables: variables } : {}),
    ...(resources ? { resources } : {}),
    ...(command?.distribution ? { distribution: command.distribution } : {}),
    ...(limits.timeoutSeconds === null ? {} : { limits: { timeout: limits.timeoutSeconds } }),
  };
}

/** Seen from outside, what modules hand to each other is a folder. */
function jobType(type: string): string {
  return jobTypes.includes(type) ? type : "uri_folder";
}
