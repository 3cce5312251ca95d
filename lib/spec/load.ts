import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError, type Issue } from "#lib/core/errors.ts";
import { documentOf, issueAt, readDocument, type SpecDocument } from "./document.ts";
import { folderOf, includeFiles } from "./include-files.ts";
import type { LocalField } from "./kinds/kind-definition.ts";
import type { SpecKind } from "./kinds/registry.ts";
import {
  findLocalFields,
  finishLoad,
  type LoadedSpec,
  type LoadOptions,
  prepareDocument,
} from "./load-text.ts";
import type { SpecPath } from "./paths.ts";
import { maxSpecBytes } from "./read-yaml.ts";
import { invalidSpec, reportOf, reportOfError, type ValidationReport } from "./validate.ts";

/** A file or folder that the spec names, to be uploaded before the spec is sent. */
export interface LocalFile {
  /** Where the spec names it; `replaceAt(spec, path, uri)` puts the uploaded reference there. */
  path: SpecPath;
  purpose: LocalField["purpose"];
  /** As the file has it. */
  written: string;
  absolutePath: string;
  isFolder: boolean;
}

export interface LoadedFile<Kind extends SpecKind = SpecKind> extends LoadedSpec<Kind> {
  locals: LocalFile[];
}

/**
 * Reads a spec from disk with what lies beside it: `file:` objects, conda and pip files are read in, and every local
 * path is resolved against the file that names it and must exist. Throws `NOT_FOUND` without the file itself, else
 * `VALIDATION_FAILED` with every issue and its `file:line`.
 */
export async function loadSpecFile<Kind extends SpecKind>(
  path: string,
  options: LoadOptions<Kind> = {},
): Promise<LoadedFile<Kind>> {
  return loadWithFiles(readDocument(await readSpecText(path), path), options);
}

/** The same for a thing that flags alone describe: their local paths start from the current folder. */
export async function loadSpecFlags<Kind extends SpecKind>(
  options: LoadOptions<Kind> & { kind: Kind },
): Promise<LoadedFile<Kind>> {
  return loadWithFiles(documentOf({}), options);
}

async function loadWithFiles<Kind extends SpecKind>(
  document: SpecDocument,
  options: LoadOptions<Kind>,
): Promise<LoadedFile<Kind>> {
  const kind = prepareDocument(document, options);
  const found = await includeFiles(document, kind, (file) => readSpecText(file));
  const { locals, issues } = await resolveLocals(document, kind);
  const loaded = finishLoad(document, kind, options, [...found, ...issues]);
  return { ...loaded, locals };
}

/** What `validate` answers for a file: the same checks, nothing thrown but for the file itself. */
export async function validateSpecFile(path: string, options: LoadOptions = {}): Promise<ValidationReport> {
  try {
    const { warnings } = await loadSpecFile(path, options);
    return reportOf([], warnings);
  } catch (error) {
    return reportOfError(error);
  }
}

async function readSpecText(path: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) {
    const problem = info ? "is not a file" : "does not exist";
    throw new AppError("NOT_FOUND", { userMessage: `“${path}” ${problem}.` });
  }
  if (info.size > maxSpecBytes) {
    const message = `The file is larger than ${maxSpecBytes / 1024} KiB. It names its data; it does not hold it.`;
    throw invalidSpec([{ path: "", message, location: path }]);
  }
  return readFile(path, "utf8");
}

async function resolveLocals(
  document: SpecDocument,
  kind: SpecKind,
): Promise<{ locals: LocalFile[]; issues: Issue[] }> {
  const locals: LocalFile[] = [];
  const issues: Issue[] = [];
  for (const { path, purpose, expects, text, localPath } of findLocalFields(document, kind)) {
    const absolutePath = resolve(folderOf(document, path), localPath);
    const info = await stat(absolutePath).catch(() => null);
    const message = !info
      ? `“${text}” does not exist. It was looked for at ${absolutePath}.`
      : expects === "folder" && !info.isDirectory()
        ? `“${text}” is a file, and a folder is expected.${purpose === "input" || purpose === "data" ? " For one file, set type: uri_file." : ""}`
        : expects === "file" && !info.isFile()
          ? `“${text}” is a folder, and a file is expected. For a folder, set type: uri_folder.`
          : undefined;
    if (message !== undefined) issues.push(issueAt(document, path, message));
    else if (info) locals.push({ path, purpose, written: text, absolutePath, isFolder: info.isDirectory() });
  }
  return { locals, issues };
}
