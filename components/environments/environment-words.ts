import { stringify } from "yaml";
import type { EnvironmentVersion } from "#lib/environments/model.ts";

type Definition = EnvironmentVersion["definition"];

export const definitionWords: Record<Definition["kind"], string> = {
  pip: "pip packages",
  conda: "conda file",
  image: "image",
};

export const buildWords = { image: "For containers", venv: "For processes" } as const;

/** What is asked for, one package a line; null for an image, which asks for nothing. */
export function packagesOf(definition: Definition): string[] | null {
  if (definition.kind === "image") return null;
  if (definition.kind === "pip") return definition.requirements;
  const dependencies: unknown = definition.conda.dependencies;
  if (!Array.isArray(dependencies)) return [];
  return dependencies.flatMap((entry: unknown): string[] => {
    if (typeof entry === "string") return [entry];
    const pip = typeof entry === "object" && entry !== null && "pip" in entry ? entry.pip : null;
    return Array.isArray(pip) ? pip.map(String) : [];
  });
}

/** The environment as a file that makes it again. */
export function environmentFile(name: string, definition: Definition, description: string): string {
  return stringify(
    {
      name,
      ...(description ? { description } : {}),
      ...(definition.image === undefined ? {} : { image: definition.image }),
      ...(definition.kind === "pip" ? { pip_file: definition.requirements } : {}),
      ...(definition.kind === "conda" ? { conda_file: definition.conda } : {}),
    },
    { lineWidth: 0 },
  );
}

/** A requirement in two: `scikit-learn` and `==1.5.*`. */
export function splitRequirement(line: string): { name: string; rest: string } {
  const match = /^([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)\s*(.*)$/.exec(line.trim());
  return match?.[1] ? { name: match[1], rest: match[2] ?? "" } : { name: line, rest: "" };
}
