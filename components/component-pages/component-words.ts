import { formatNumber } from "#components/ui/format.ts";
import { type ComponentDefinition, moduleGroups, type ParameterDefinition } from "#lib/components/model.ts";

const kinds: Record<ComponentDefinition["kind"], string> = {
  module: "Module",
  command: "Command",
  pipeline: "Pipeline",
};

export function kindWord(kind: ComponentDefinition["kind"]): string {
  return kinds[kind];
}

/** The title of the palette's group that a component is in. */
export function groupTitle(category: string): string {
  return moduleGroups.find(({ name }) => name === category)?.title ?? "Components";
}

/** The default of a parameter on one line; a dash where there is none. */
export function describeDefault({ default: value, labels }: ParameterDefinition): string {
  if (value === undefined || value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return formatNumber(value, 8);
  const line = (labels?.[value] ?? value).trim().split("\n");
  return line.length > 1 ? `${line[0]} …` : (line[0] ?? "");
}

/** What a parameter may be: its choices, or its range. */
export function describeRange({ enum: choices, labels, min, max }: ParameterDefinition): string {
  if (choices) return choices.map((choice) => labels?.[choice] ?? choice).join(", ");
  if (min !== undefined && max !== undefined) return `${formatNumber(min, 8)} to ${formatNumber(max, 8)}`;
  if (min !== undefined) return `at least ${formatNumber(min, 8)}`;
  if (max !== undefined) return `at most ${formatNumber(max, 8)}`;
  return "";
}

export function componentHref(workspace: string, name: string): string {
  return `/${workspace}/components/${encodeURIComponent(name)}`;
}
