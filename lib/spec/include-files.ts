import { dirname, join } from "node:path";
import { type Issue, isAppError } from "#lib/core/errors.ts";
import { graft, issueAt, readDocument, type SpecDocument } from "./document.ts";
import type { SpecKind } from "./kinds/registry.ts";
import { findAt, formatPath, isMapping, type SpecPath } from "./paths.ts";
import { readRequirements } from "./requirements.ts";
import { findSpot } from "./spots.ts";

type ReadText = (file: string) => Promise<string>;

/** Components in components in components; more is a ring of files. */
const maxDepth = 20;

/** Objects that may live in a file of their own, marked by `file:`. */
const objectFields: Partial<Record<SpecKind, SpecPath[]>> = {
  job: [["environment"]],
  "online-deployment": [["environment"], ["model"]],
};

const environments: Partial<Record<SpecKind, SpecPath>> = {
  environment: [],
  job: ["environment"],
  "online-deployment": ["environment"],
};

/**
 * Reads the files that a spec is spread over into its raw mapping; errors inside them keep their own file and line.
 * Answers the files that are missing.
 */
export async function includeFiles(document: SpecDocument, kind: SpecKind, read: ReadText): Promise<Issue[]> {
  const issues: Issue[] = [];
  const objects = [...(objectFields[kind] ?? [])];
  const holders = environments[kind] ? [environments[kind]] : [];
  const bases: SpecPath[] = kind === "job" || kind === "component" ? [[]] : [];
  if (kind === "schedule") bases.push(...(await includeJob(document, read, issues)));
  for (const base of bases) {
    for (const path of await includeComponents(document, base, read, issues)) {
      if (path.length === 0 && kind === "job") continue;
      objects.push([...path, "environment"]);
      holders.push([...path, "environment"]);
    }
  }
  for (const path of objects) {
    const text = findAt(document.raw, path);
    const file = typeof text === "string" ? objectFile(text, path) : undefined;
    if (file !== undefined) await include(document, path, file, read, issues, graftDocument);
  }
  for (const environment of holders) await includePackages(document, environment, read, issues);
  return issues;
}

/** Reads the job of a schedule in place of its name, and answers where it stands. */
async function includeJob(document: SpecDocument, read: ReadText, issues: Issue[]): Promise<SpecPath[]> {
  for (const path of [["create_job"], ["create_job", "job"]] as SpecPath[]) {
    const text = findAt(document.raw, path);
    if (typeof text === "string" && isComponentFile(text))
      await include(document, path, text, read, issues, graftDocument);
  }
  return [["create_job"], ["create_job", "job"]].filter((path) => isMapping(findAt(document.raw, path)));
}

/** Reads component files in place of their names, and answers everything that is a step or a component. */
async function includeComponents(
  document: SpecDocument,
  base: SpecPath,
  read: ReadText,
  issues: Issue[],
): Promise<SpecPath[]> {
  const found: SpecPath[] = [];
  const visit = async (path: SpecPath, depth: number): Promise<void> => {
    const holder = findAt(document.raw, path);
    if (!isMapping(holder)) return;
    found.push(path);
    const component: SpecPath = [...path, "component"];
    const text = findAt(document.raw, component);
    if (typeof text === "string" && isComponentFile(text)) {
      if (depth >= maxDepth) {
        const message = `“${text}” is ${maxDepth} components deep. Does a file hold itself?`;
        issues.push(issueAt(document, component, message));
        return;
      }
      await include(document, component, text, read, issues, graftDocument);
    }
    await visit(component, depth + 1);
    const jobs = findAt(document.raw, [...path, "jobs"]);
    if (isMapping(jobs)) for (const name of Object.keys(jobs)) await visit([...path, "jobs", name], depth);
  };
  await visit(base, 0);
  return found;
}

function isComponentFile(text: string): boolean {
  return /^(file:|\.{0,2}\/)/i.test(text.trim()) || /^[^:]+\.ya?ml$/i.test(text.trim());
}

async function includePackages(
  document: SpecDocument,
  environment: SpecPath,
  read: ReadText,
  issues: Issue[],
): Promise<void> {
  const conda = [...environment, "conda_file"];
  const condaFile = findAt(document.raw, conda);
  if (typeof condaFile === "string") await include(document, conda, condaFile, read, issues, graftDocument);
  const pip = [...environment, "pip_file"];
  const pipFile = findAt(document.raw, pip);
  if (typeof pipFile === "string") await include(document, pip, pipFile, read, issues, graftRequirements);
}

/** `file:x`, or a bare name of a YAML file where an environment is expected. */
function objectFile(text: string, path: SpecPath): string | undefined {
  if (/^file:/i.test(text)) return text;
  return path.at(-1) === "environment" && /^[^:]+\.ya?ml$/i.test(text) ? text : undefined;
}

async function include(
  document: SpecDocument,
  path: SpecPath,
  written: string,
  read: ReadText,
  issues: Issue[],
  put: (document: SpecDocument, path: SpecPath, text: string, file: string) => Issue[],
): Promise<void> {
  const local = written.trim().replace(/^file:/i, "");
  const file = local.startsWith("/") ? local : join(folderOf(document, path), local);
  try {
    issues.push(...put(document, path, await read(file), file));
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "NOT_FOUND") {
      issues.push(issueAt(document, path, `“${written}” does not exist. It was looked for at ${file}.`));
    } else issues.push(...error.issues.map((issue) => ({ ...issue, path: formatPath(path) })));
  }
}

function graftDocument(document: SpecDocument, path: SpecPath, text: string, file: string): Issue[] {
  const nested = readDocument(text, file);
  graft(document, path, nested.raw, nested.spots);
  document.warnings.push(...nested.warnings);
  return [];
}

function graftRequirements(document: SpecDocument, path: SpecPath, text: string, file: string): Issue[] {
  const { lines, issues } = readRequirements(text, file);
  graft(document, path, lines, new Map());
  return issues;
}

/**
 * The folder that a local path starts from: that of the file it was written in, for `--set` that of the main file, and
 * the shell's own for a flag.
 */
export function folderOf(document: SpecDocument, path: SpecPath): string {
  const spot = findSpot(document.spots, path);
  if (spot && "source" in spot) return dirname(spot.source.file);
  return spot && !spot.flag.startsWith("--set ") ? "." : dirname(document.fileName);
}
