import { stringify } from "yaml";
import type { DocumentNode, Json, JsonMap } from "#lib/designer/document/types.ts";
import { isMap } from "#lib/designer/document/values.ts";
import { readDocument } from "#lib/spec/document.ts";
import { findSpot } from "#lib/spec/spots.ts";

/** A part of a step that only the text changes. */
export interface WrittenPart {
  title: string;
  text: string;
  language: "bash" | "yaml";
}

const parts: readonly { key: string; title: string }[] = [
  { key: "command", title: "Command" },
  { key: "code", title: "Code" },
  { key: "environment", title: "Environment" },
  { key: "environment_variables", title: "Environment variables" },
  { key: "resources", title: "Resources" },
  { key: "distribution", title: "Distribution" },
];

function writeOut(value: Json): string {
  return (typeof value === "string" ? value : stringify(value)).trim();
}

/** What a step that is written out in its node executes, in the order in which one reads it; nothing for any other step. */
export function listWritten({ ref, raw }: Pick<DocumentNode, "ref" | "raw">): WrittenPart[] {
  if (ref !== null) return [];
  const held: Readonly<JsonMap> = isMap(raw.component) ? raw.component : raw;
  const found = parts.flatMap(({ key, title }): WrittenPart[] => {
    const value = held[key];
    if (value === undefined || value === null) return [];
    return [{ title, text: writeOut(value), language: key === "command" ? "bash" : "yaml" }];
  });
  if (!isMap(held.jobs)) return found;
  return [...found, { title: "Steps", text: writeOut(held.jobs), language: "yaml" }];
}

/** The line at which a step begins in the text, from 1; null where the text has no such step. */
export function findStepLine(text: string, name: string): number | null {
  const spot = findSpot(readDocument(text, "pipeline.yml").spots, ["jobs", name]);
  return spot && "line" in spot ? spot.line : null;
}
