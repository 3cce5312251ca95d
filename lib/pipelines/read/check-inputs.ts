import { checkParameter, isVisible } from "#lib/components/check-parameter.ts";
import {
  type ComponentDefinition,
  canConnect,
  describePortType,
  isValueType,
  type Literal,
  type ParameterDefinition,
  type PortDefinition,
  type PortType,
} from "#lib/components/model.ts";
import { didYouMean } from "#lib/spec/near-names.ts";
import type { SpecPath } from "#lib/spec/paths.ts";
import type { Binding, GraphNode } from "../model.ts";
import type { FaultList, FaultPlace } from "./faults.ts";
import { nodePath, outputType, type Scope } from "./scope.ts";

interface Spot {
  scope: Scope;
  /** The node's name with that of the components around it. */
  node: string;
  path: SpecPath;
  place: FaultPlace;
  faults: FaultList;
}

/** Each input of a step: there is such an input, what it is set to exists and fits, and none that is needed is missing. */
export function checkInputs(scope: Scope, node: GraphNode, faults: FaultList): void {
  const full = `${scope.prefix}${node.name}`;
  const spot = (name: string, kind: "port" | "parameter"): Spot => ({
    scope,
    node: full,
    path: nodePath(scope, node.name, "inputs", name),
    place: { node: full, [kind]: name },
    faults,
  });
  const { component } = node;
  for (const [name, binding] of Object.entries(node.inputs)) {
    const port = component?.inputs.find((item) => item.name === name);
    const parameter = component?.parameters.find((item) => item.name === name);
    const here = spot(name, parameter ? "parameter" : "port");
    if (component && !port && !parameter) {
      const known = [...component.inputs, ...component.parameters].map((item) => item.name);
      faults.error(here.path, `“${full}” has no input “${name}”.${didYouMean(name, known)}`, here.place);
    } else checkSource(here, binding);
    if (port) checkPort(here, port, binding);
    if (parameter) checkValue(here, parameter, binding);
  }
  if (component) checkMissing(scope, node, component, spot);
}

/** Whether what a binding names is there at all. */
function checkSource({ scope, node, path, place, faults }: Spot, binding: Binding): void {
  const missingInput = (name: string) => {
    if (Object.hasOwn(scope.inputs, name)) return;
    const near = didYouMean(name, Object.keys(scope.inputs));
    faults.error(
      path,
      `“${node}” is bound to the pipeline input “${name}”, which is not declared.${near}`,
      place,
    );
  };
  if (binding.kind === "pipeline_input") missingInput(binding.name);
  if (binding.kind === "template") for (const name of binding.inputs) missingInput(name);
  if (binding.kind !== "output" || scope.broken.has(binding.node)) return;
  const other = scope.jobs[binding.node];
  if (!other) {
    const near = didYouMean(binding.node, Object.keys(scope.jobs));
    faults.error(path, `“${node}” is bound to the step “${binding.node}”, which there is not.${near}`, place);
  } else if (outputType(scope, binding.node, binding.port) === null) {
    const outputs = scope.components.get(binding.node)?.definition.outputs.map(({ name }) => name) ?? [];
    const near =
      didYouMean(binding.port, outputs) || (outputs.length > 0 ? ` It has ${outputs.join(", ")}.` : "");
    faults.error(path, `The step “${binding.node}” has no output “${binding.port}”.${near}`, place);
  } else if (other.disabled) {
    faults.error(path, `“${node}” needs the step “${binding.node}”, which is disabled.`, place);
  }
}

function checkPort({ scope, node, path, place, faults }: Spot, port: PortDefinition, binding: Binding): void {
  const refuse = (message: string) => faults.error(path, message, place);
  const connect = (type: PortType, from: string) => {
    const fits = canConnect(type, port.type);
    if (!fits.ok) refuse(`${fits.reason}: ${from} → ${node}.${port.name}.`);
  };
  switch (binding.kind) {
    case "literal":
    case "template":
      refuse(`“${node}.${port.name}” takes ${describePortType(port.type)}, not a value.`);
      return;
    case "data":
      // What a path without a type leads to is known when the pipeline is submitted.
      if (binding.type !== undefined) connect(binding.type, binding.path);
      return;
    case "output": {
      const type = outputType(scope, binding.node, binding.port);
      if (type) connect(type, `${binding.node}.${binding.port}`);
      return;
    }
    case "pipeline_input": {
      const input = scope.inputs[binding.name];
      if (!input) return;
      if (input.kind === "literal") {
        refuse(
          `“${node}.${port.name}” takes ${describePortType(port.type)}, and the pipeline input “${binding.name}” is a value.`,
        );
        return;
      }
      connect(input.type, binding.name);
      if (input.optional && !port.optional) {
        refuse(`The pipeline input “${binding.name}” is optional, and “${node}.${port.name}” needs it.`);
      }
    }
  }
}

function checkValue(
  { scope, node, path, place, faults }: Spot,
  parameter: ParameterDefinition,
  binding: Binding,
): void {
  const refuse = (message: string) => faults.error(path, message, place);
  const check = (value: Literal, from: string) => {
    const checked = checkParameter(parameter, value);
    if (!checked.ok) refuse(`“${node}.${parameter.name}” ${checked.message}${from}`);
  };
  if (binding.kind === "literal") check(binding.value, "");
  else if (binding.kind === "data") {
    refuse(`“${node}.${parameter.name}” takes a value, not data at a path.`);
  } else if (binding.kind === "output") {
    const type = outputType(scope, binding.node, binding.port);
    if (!type) return;
    const from = `${binding.node}.${binding.port}`;
    if (!isValueType(type)) {
      const what = describePortType(type);
      refuse(
        `“${node}.${parameter.name}” takes a value, and the output ${from} is ${what}. An output is a value when its component declares it as string, integer, number or boolean.`,
      );
      return;
    }
    const fits = canConnect(type, parameter.type);
    if (!fits.ok) refuse(`${fits.reason}: ${from} → ${node}.${parameter.name}.`);
  } else if (binding.kind === "pipeline_input") {
    const input = scope.inputs[binding.name];
    if (input?.kind === "data") {
      refuse(`“${node}.${parameter.name}” takes a value, and the pipeline input “${binding.name}” is data.`);
    } else if (input?.value !== undefined) check(input.value, ` It is the pipeline input “${binding.name}”.`);
    else if (input?.optional && !parameter.optional && parameter.default === undefined) {
      refuse(`The pipeline input “${binding.name}” is optional, and “${node}.${parameter.name}” needs it.`);
    }
  }
}

function checkMissing(
  scope: Scope,
  node: GraphNode,
  component: ComponentDefinition,
  spot: (name: string, kind: "port" | "parameter") => Spot,
): void {
  const missing = ({ path, place, faults, node: full }: Spot, what: string, name: string) =>
    faults.error(path, `“${full}” needs ${what} “${name}”, which is not set.`, place);
  for (const { name, optional } of component.inputs)
    if (!optional && !node.inputs[name]) missing(spot(name, "port"), "the input", name);
  const defaults = new Map(component.parameters.map((item) => [item.name, item.default]));
  const findValue = (name: string) => {
    const binding = node.inputs[name];
    if (binding?.kind === "literal") return binding.value;
    const input = binding?.kind === "pipeline_input" ? scope.inputs[binding.name] : undefined;
    return input?.kind === "literal" ? input.value : defaults.get(name);
  };
  for (const parameter of component.parameters) {
    const { name, optional } = parameter;
    if (optional || parameter.default !== undefined || node.inputs[name]) continue;
    if (isVisible(parameter, findValue)) missing(spot(name, "parameter"), "the parameter", name);
  }
}
