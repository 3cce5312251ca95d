import type { z } from "zod";
import { AppError, type Issue, isAppError } from "#lib/core/errors.ts";
import { isJobType, jobTypeOf, jobTypes } from "./detect-kind.ts";
import { issueAt, type SpecDocument } from "./document.ts";
import type { CheckOptions, KindDefinition } from "./kinds/kind-definition.ts";
import { type SpecByKind, type SpecKind, specKinds } from "./kinds/registry.ts";
import { didYouMean } from "./near-names.ts";
import { Report } from "./report.ts";
import { issuesOf } from "./zod-issues.ts";

export interface ValidationReport {
  result: "Succeeded" | "Failed";
  errors: Issue[];
  warnings: Issue[];
}

/** A spec that may be used, or what is wrong with the document. */
export type Checked<Kind extends SpecKind> = (
  | { ok: true; spec: SpecByKind[Kind] }
  | { ok: false; errors: Issue[] }
) & { warnings: Issue[] };

/** Reads a document as one kind of spec: shape first, then the rules across fields. Finds as much as it can at once. */
export function checkDocument<Kind extends SpecKind>(
  document: SpecDocument,
  kind: Kind,
  options: CheckOptions = {},
): Checked<Kind> {
  const definition: KindDefinition<SpecByKind[Kind]> = specKinds[kind];
  const report = new Report(document);
  const warnings = () => [...document.warnings, ...report.warnings];
  const refused = kind === "job" ? jobTypeProblem(document) : undefined;
  if (refused) return { ok: false, errors: [refused], warnings: warnings() };
  if (document.fileName !== "" && Object.keys(document.raw).length === 0)
    return { ok: false, errors: [emptyProblem(document.fileName, kind)], warnings: warnings() };
  const parsed = definition.schema.safeParse(document.raw);
  const errors = parsed.success ? [] : issuesOf(parsed.error, document);
  const spec = parsed.success ? parsed.data : findRest(parsed.error, document, definition);
  if (spec !== undefined) definition.check?.(spec, report, options);
  errors.push(...report.errors);
  if (parsed.success && errors.length === 0) return { ok: true, spec: parsed.data, warnings: warnings() };
  return { ok: false, errors, warnings: warnings() };
}

/** The spec without its unknown keys, when those are all that is wrong: a misspelt key must not hide other errors. */
function findRest<Spec>(
  error: z.ZodError,
  document: SpecDocument,
  definition: KindDefinition<Spec>,
): Spec | undefined {
  const unknown = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );
  if (unknown.length === 0) return undefined;
  const dropped = new Set(unknown);
  const known = Object.entries(document.raw).filter(([key]) => !dropped.has(key));
  const parsed = definition.schema.safeParse(Object.fromEntries(known));
  return parsed.success ? parsed.data : undefined;
}

/** Enough to work on; a file of another format altogether may have thousands. */
const maxIssues = 100;

/** What `validate` answers. */
export function reportOf(errors: Issue[], warnings: Issue[]): ValidationReport {
  return { result: errors.length === 0 ? "Succeeded" : "Failed", errors, warnings };
}

/** The report of a load that threw; anything but a failed validation is thrown on. */
export function reportOfError(error: unknown): ValidationReport {
  if (!isAppError(error) || error.code !== "VALIDATION_FAILED") throw error;
  return reportOf(error.issues, []);
}

/** One error of the studio out of everything that was found. Its message is the first; the others are its issues. */
export function invalidSpec(errors: Issue[]): AppError {
  const first = errors[0];
  const head = first
    ? `${first.location ? `${first.location}: ` : ""}${describeIssue(first)}`
    : "The file is not valid.";
  const more =
    errors.length > 1 ? ` ${errors.length - 1} more ${errors.length === 2 ? "error" : "errors"}.` : "";
  return new AppError("VALIDATION_FAILED", {
    userMessage: `${head}${more}`,
    issues: errors.slice(0, maxIssues),
  });
}

/** One line for people. Messages that start in lower case follow their path: `limits.timeout must be 1 or more.` */
export function describeIssue(issue: Issue): string {
  if (issue.path === "") return issue.message;
  return /^[a-z“]/.test(issue.message) ? `${issue.path} ${issue.message}` : `${issue.path}: ${issue.message}`;
}

function emptyProblem(fileName: string, kind: SpecKind): Issue {
  const wanted =
    kind === "job"
      ? " A job has command and environment, or type: pipeline and jobs."
      : ` It is to be a ${kind}.`;
  return { path: "", message: `The file is empty.${wanted}`, location: `${fileName}:1` };
}

function jobTypeProblem(document: SpecDocument): Issue | undefined {
  const { type, key } = jobTypeOf(document.raw);
  if (type === "command" || type === "pipeline") return undefined;
  const message = isJobType(type)
    ? `Jobs of type ${type} are not supported yet. Command and pipeline jobs run.`
    : `must be one of ${jobTypes.join(", ")}.${didYouMean(type, jobTypes)}`;
  return issueAt(document, key === null ? [] : [key], message);
}
