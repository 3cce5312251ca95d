import { ORPCError } from "@orpc/client";
import type { Issue } from "#lib/core/errors.ts";
import { issueAt, type SpecDocument } from "#lib/spec/document.ts";
import { parsePath } from "#lib/spec/paths.ts";
import { invalidSpec } from "#lib/spec/validate.ts";
import { issuesOf } from "./errors.ts";

/** What the studio found in a document that was sent, with the lines of the files that it was read from. */
export async function withLines<T>(document: SpecDocument, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const issues = issuesOf(error);
    if (!(error instanceof ORPCError) || error.code !== "VALIDATION_FAILED" || issues.length === 0)
      throw error;
    throw invalidSpec(issues.map((issue) => locateIssue(document, issue)));
  }
}

/** As an answer of the studio has it. */
type Told = Pick<Issue, "path" | "message"> & { location?: string | undefined };

export function locateIssue(document: SpecDocument, { path, message, location }: Told): Issue {
  if (location !== undefined) return { path, message, location };
  const found = path === "" ? undefined : parsePath(path);
  return found === undefined ? { path, message } : issueAt(document, found, message);
}

/** `WARNING: job.yml:3: inputs.x: …` */
export function warningLine({ location, path, message }: Told): string {
  return `WARNING: ${[location, path, message].filter(Boolean).join(": ")}`;
}
