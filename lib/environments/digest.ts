import { createHash } from "node:crypto";
import type { EnvironmentDefinition } from "./build/definition.ts";

/**
 * The SHA-256 of what an environment asks for. Comments, blank lines and the order of keys do not count. What it became
 * (exact versions on a base) has a digest of its own, in `build/`.
 */
export function definitionDigest(definition: EnvironmentDefinition): string {
  const asked =
    definition.kind === "pip"
      ? { ...definition, requirements: definition.requirements.map(withoutComment).filter(Boolean) }
      : definition;
  return createHash("sha256")
    .update(JSON.stringify(sorted(asked)))
    .digest("hex");
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "").trim();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
