import { type Issue, messageOf } from "#lib/core/errors.ts";
import { issueAt, type SpecDocument, setRaw } from "./document.ts";
import { findAt, formatPath, parsePath } from "./paths.ts";
import { dropSpots, spotKey } from "./spots.ts";
import { keepText } from "./written.ts";

/**
 * Applies `--set a.b[0].c=value` to the raw mapping, in order; a value is JSON where it can be, else text. Answers
 * what could not be set: a malformed assignment, a missing list item, or a step inside a reference such as
 * `environment.image` where `environment` is text.
 */
export function applySet(document: SpecDocument, assignments: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  for (const assignment of assignments) {
    const cut = assignment.indexOf("=");
    const name = assignment.slice(0, cut).trim();
    const path = cut > 0 ? parsePath(name) : undefined;
    const location = `--set ${cut > 0 ? name : assignment}`;
    if (!path || path.includes("__proto__")) {
      issues.push({
        path: "",
        message: `--set takes path=value, such as inputs.rate=0.1.`,
        value: assignment,
        location,
      });
      continue;
    }
    const issue = setOne(document, path, parseSetValue(assignment.slice(cut + 1)), location);
    if (issue) issues.push(issue);
  }
  return issues;
}

/** Sets top-level keys given as flags of their own (`--name`, `--endpoint-name`): flags win over the file. */
export function applyFlags(document: SpecDocument, flags: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(flags)) {
    if (value !== undefined) setOne(document, [key], value, `--${key.replaceAll("_", "-")}`);
  }
}

function setOne(
  document: SpecDocument,
  path: (string | number)[],
  value: unknown,
  flag: string,
): Issue | undefined {
  for (let length = 1; length < path.length; length++) {
    const step = path.slice(0, length);
    const held = findAt(document.raw, step);
    if (typeof held === "string") {
      const message = `${formatPath(step)} is the reference “${held}”, so nothing inside it can be set. Set all of it.`;
      return { ...issueAt(document, step, message), location: flag };
    }
  }
  try {
    setRaw(document.raw, path, value);
  } catch (error) {
    const message = `--set found no ${messageOf(error)} in the file.`;
    return { path: formatPath(path), message, value, location: flag };
  }
  dropSpots(document.spots, path);
  document.spots.set(spotKey(path), { flag });
  return undefined;
}

function parseSetValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "number" || typeof value === "boolean" ? keepText(value, text.trim()) : value;
  } catch {
    return text;
  }
}
