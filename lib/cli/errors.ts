import { ORPCError } from "@orpc/client";
import { type Issue, isAppError, messageOf } from "#lib/core/errors.ts";

/** A wrong command line: exit code 2. */
export class UsageError extends Error {}

function issuesOf(error: unknown): Issue[] {
  if (isAppError(error)) return error.issues;
  const data = error instanceof ORPCError ? (error.data as { issues?: Issue[] } | undefined) : undefined;
  return data?.issues ?? [];
}

export function isNotFound(error: unknown): boolean {
  return (isAppError(error) || error instanceof ORPCError) && error.code === "NOT_FOUND";
}

function sentence(error: unknown): string {
  if (isAppError(error)) return error.userMessage;
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof TypeError && cause instanceof Error)
    return `The studio does not answer: ${cause.message}`;
  return messageOf(error);
}

/** What a person reads on standard error. */
export function describeError(error: unknown): string {
  const issues = issuesOf(error);
  const first = sentence(error);
  const lines = issues
    .map(
      (issue) =>
        `  ${issue.location ? `${issue.location}: ` : ""}${issue.path ? `${issue.path}: ` : ""}${issue.message}`,
    )
    .filter((line) => issues.length > 1 || !first.includes(line.trim()));
  return [`ERROR: ${first}`, ...lines].join("\n");
}

/** 0 done; 1 any error; 2 bad command line; 3 `show` of something missing. */
export function exitCodeOf(error: unknown, verb: string): number {
  if (error instanceof UsageError) return 2;
  return isNotFound(error) && verb === "show" ? 3 : 1;
}
