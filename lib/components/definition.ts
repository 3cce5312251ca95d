import { canonicalJson } from "#lib/core/canonical.ts";
import { sha256 } from "#lib/core/sha256.ts";
import { blockInputs, type ComponentSpec } from "#lib/spec/kinds/component.ts";
import { componentMapping } from "#lib/spec/kinds/component-kind.ts";
import {
  type ComponentInput,
  type ComponentOutput,
  isParameter,
  type ParameterPort,
} from "#lib/spec/kinds/component-ports.ts";
import { plain } from "#lib/spec/written.ts";
import {
  type ComponentDefinition,
  type Literal,
  literal,
  ownComponentGroup,
  type ParameterDefinition,
  type PortDefinition,
} from "./model.ts";

/** What a component is called; not what it does. */
const wordKeys = ["name", "version", "display_name", "description", "tags", "properties", "designer"];

/** The interface of a component from its file. `ref` is what a node writes to mean it; empty for one in its node. */
export function definitionOf(spec: ComponentSpec, ref: string): ComponentDefinition {
  const optional = spec.type === "command" ? blockInputs(spec.command) : new Set<string>();
  const ports = Object.entries(spec.inputs);
  return {
    kind: spec.type,
    name: spec.name ?? "",
    version: spec.version ?? "",
    displayName: spec.display_name ?? titleOf(spec.name ?? ""),
    description: spec.description ?? "",
    help: "",
    category: ownComponentGroup,
    icon: spec.type === "pipeline" ? "workflow" : "square-terminal",
    isDeterministic: spec.is_deterministic ?? true,
    cost: "heavy",
    inputs: ports.flatMap(([name, port]) =>
      isParameter(port) ? [] : [portOf(name, port, port.optional ?? false)],
    ),
    parameters: ports.flatMap(([name, port]) =>
      isParameter(port) ? [parameterOf(name, port, port.optional === true && optional.has(name))] : [],
    ),
    outputs: Object.entries(spec.outputs).map(([name, port]) => portOf(name, port, false)),
    digest: specDigest(spec),
    ref,
  };
}

/** The SHA-256 of all that decides what a step of the component does. */
export function specDigest(spec: ComponentSpec): string {
  const mapping = plain(componentMapping(spec)) as Record<string, unknown>;
  return sha256(
    canonicalJson(Object.fromEntries(Object.entries(mapping).filter(([key]) => !wordKeys.includes(key)))),
  );
}

/** `clean_data` → `Clean data`. */
export function titleOf(name: string): string {
  const words = name.replace(/[_.-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function portOf(
  name: string,
  port: Exclude<ComponentInput, ParameterPort> | ComponentOutput,
  optional: boolean,
): PortDefinition {
  return {
    name,
    displayName: titleOf(name),
    type: port.type,
    optional,
    description: port.description ?? "",
    ...(port.mode === undefined ? {} : { mode: port.mode }),
  };
}

function parameterOf(name: string, port: ParameterPort, inBlock: boolean): ParameterDefinition {
  const fallback = port.default === undefined ? undefined : literalOf(port);
  return {
    name,
    displayName: titleOf(name),
    type: port.type,
    ...(fallback === undefined ? {} : { default: fallback }),
    optional: (port.optional ?? false) || fallback !== undefined || inBlock,
    ...(port.min === undefined ? {} : { min: port.min }),
    ...(port.max === undefined ? {} : { max: port.max }),
    ...(port.enum === undefined ? {} : { enum: port.enum }),
    description: port.description ?? "",
    advanced: false,
  };
}

function literalOf(port: ParameterPort): Literal {
  return literal.parse(plain(port.default));
}
