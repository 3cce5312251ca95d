import { ORPCError } from "@orpc/client";
import { type Issue, isAppError, messageOf } from "#lib/core/errors.ts";

/** A wrong command line: exit code 2. */
export class UsageError extends Error {}

/** What was wrong with what was sent. */
export function issuesOf(error: unknown): Issue[] {
  if (isAppError(error)) return error.issues;
  return isFromStudio(error) ? (error.data.issues ?? []) : [];
}

export function isNotFound(error: unknown): boolean {
  return (isAppError(error) || isFromStudio(error)) && error.code === "NOT_FOUND";
}

/** Every error of a studio names its request; what another server answered does not. */
function isFromStudio(error: unknown): error is ORPCError<string, { requestId: string; issues?: Issue[] }> {
  return error instanceof ORPCError && typeof error.data?.requestId === "string";
}

const fileProblems: Record<string, string> = {
  ENOENT: "does not exist",
  EACCES: "cannot be read or written: the permission is missing",
  EISDIR: "is a folder, and a file is expected",
  ENOTDIR: "is a file, and a folder is expected",
  ENOSPC: "cannot be written: the disk is full",
};

function sentence(error: unknown): string {
  if (isAppError(error)) return error.userMessage;
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof TypeError && cause instanceof Error)
    return `The studio does not answer: ${messageOf(cause) || (cause as NodeJS.ErrnoException).code}. Is it running, and is its address right?`;
  if (error instanceof ORPCError && !isFromStudio(error))
    return `What answers there is not the studio (${error.status}). Is its address right?`;
  const { code = "", path } = error as NodeJS.ErrnoException;
  const problem = fileProblems[code];
  return problem && path ? `“${path}” ${problem}.` : messageOf(error);
}

/** What a person reads on standard error. */
export function describeError(error: unknown): string {
  const issues = issuesOf(error);
  const first = sentence(error);
  const lines = issues
    .filter((issue) => issues.length > 1 || (issue.location && !first.includes(issue.location)))
    .map(({ location, path, message }) => `  ${[location, path, message].filter(Boolean).join(": ")}`);
  return [`ERROR: ${first}`, ...lines].join("\n");
}

/** 0 done; 1 any error; 2 bad command line; 3 `show` of something missing. */
export function exitCodeOf(error: unknown, verb: string): number {
  if (error instanceof UsageError) return 2;
  return isNotFound(error) && verb === "show" ? 3 : 1;
}
