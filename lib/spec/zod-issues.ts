import type { z } from "zod";
import type { Issue } from "#lib/core/errors.ts";
import { issueAt, type SpecDocument } from "./document.ts";
import { findAt, type SpecPath } from "./paths.ts";

type ZodIssue = z.core.$ZodIssue;

/** What zod found, each with its path, value and line in the document. */
export function issuesOf(error: z.ZodError, document: SpecDocument): Issue[] {
  return error.issues.flatMap((issue) => convert(issue, [], document));
}

function convert(issue: ZodIssue, base: SpecPath, document: SpecDocument): Issue[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
  if (issue.code === "unrecognized_keys") {
    const messages = issue.message.split("\n");
    return messages.map((message, index) => issueAt(document, [...path, issue.keys[index] ?? ""], message));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    return nearestBranch(issue.errors).flatMap((item) => convert(item, path, document));
  }
  if (
    findAt(document.raw, path) === undefined &&
    (issue.code === "invalid_type" || issue.code === "invalid_value")
  ) {
    return [issueAt(document, path, "is required.")];
  }
  return [issueAt(document, path, issue.message)];
}

/** Of a text-or-mapping, the branch that the value was meant for: the one whose own type fits. */
function nearestBranch(branches: ZodIssue[][]): ZodIssue[] {
  const fits = branches.find(
    (branch) => !branch.some((issue) => issue.path.length === 0 && issue.code === "invalid_type"),
  );
  return fits ?? branches[branches.length - 1] ?? [];
}
