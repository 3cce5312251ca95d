import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { invalid, notFound } from "#lib/core/errors.ts";

export interface CodeFile {
  /** Relative to the folder, with forward slashes. */
  path: string;
  absolutePath: string;
  sizeBytes: number;
  isExecutable: boolean;
}

export interface CodeListing {
  /** Sorted by path, character by character, so that a digest of the list means the content. */
  files: CodeFile[];
  count: number;
  totalBytes: number;
  /** The file that was obeyed. */
  ignoreFile: ".amlignore" | ".gitignore" | null;
}

export interface ListOptions {
  /** More files than this are taken for a mistake, such as a data or package folder left in. */
  maxFiles?: number;
}

/**
 * The files of a code folder (or the one file, when it is none) that a snapshot holds: without `.git`, and without
 * what `.amlignore` excludes, or `.gitignore` where there is no `.amlignore`; both count at the root only. Links are
 * followed inside the folder. Throws `NOT_FOUND`, and `VALIDATION_FAILED` for a link that leaves the folder or leads
 * in a circle, and for too many files. Sockets and devices are left out.
 */
export async function listCodeFiles(folder: string, options: ListOptions = {}): Promise<CodeListing> {
  const info = await stat(folder).catch(() => null);
  if (!info) throw notFound(folder);
  if (info.isFile()) {
    const file = fileOf(basename(folder), folder, info.size, info.mode);
    return { files: [file], count: 1, totalBytes: info.size, ignoreFile: null };
  }
  const { rules, ignoreFile } = await readRules(folder);
  const walk = { root: await realpath(folder), rules, files: [], maxFiles: options.maxFiles ?? 20_000 };
  await walkFolder(walk, folder, "", [walk.root]);
  const files: CodeFile[] = walk.files;
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return { files, count: files.length, totalBytes, ignoreFile };
}

interface Walk {
  root: string;
  rules: Ignore;
  files: CodeFile[];
  maxFiles: number;
}

async function walkFolder(walk: Walk, folder: string, prefix: string, parents: string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === ".git") continue;
    const path = prefix + entry.name;
    const absolutePath = join(folder, entry.name);
    if (walk.rules.ignores(path)) continue;
    const target = entry.isSymbolicLink() ? await followLink(walk, absolutePath, path, parents) : null;
    const info = await stat(absolutePath);
    if (info.isDirectory()) {
      if (walk.rules.ignores(`${path}/`)) continue;
      await walkFolder(walk, absolutePath, `${path}/`, [
        ...parents,
        target ?? join(parents.at(-1) ?? "", entry.name),
      ]);
    } else if (info.isFile()) {
      walk.files.push(fileOf(path, absolutePath, info.size, info.mode));
      if (walk.files.length > walk.maxFiles) {
        const limit = walk.maxFiles.toLocaleString("en");
        throw invalid(
          "code",
          `The folder has more than ${limit} files. Exclude data and packages in .amlignore.`,
        );
      }
    }
  }
}

async function followLink(
  walk: Walk,
  absolutePath: string,
  path: string,
  parents: string[],
): Promise<string> {
  const target = await realpath(absolutePath).catch(() => null);
  if (target === null)
    throw invalid("code", `The link ${path} leads nowhere. Remove it, or exclude it in .amlignore.`);
  const inside = target === walk.root || target.startsWith(walk.root + sep);
  if (!inside) {
    const message = `The link ${path} leaves the code folder, to ${target}. Copy what it points to, or exclude it.`;
    throw invalid("code", message, path);
  }
  if (parents.includes(target)) {
    throw invalid(
      "code",
      `The link ${path} leads back to ${relative(walk.root, target) || "the folder itself"}.`,
      path,
    );
  }
  return target;
}

async function readRules(folder: string): Promise<{ rules: Ignore; ignoreFile: CodeListing["ignoreFile"] }> {
  for (const name of [".amlignore", ".gitignore"] as const) {
    const text = await readFile(join(folder, name), "utf8").catch(() => null);
    if (text !== null) return { rules: ignore().add(text), ignoreFile: name };
  }
  return { rules: ignore(), ignoreFile: null };
}

function fileOf(path: string, absolutePath: string, sizeBytes: number, mode: number): CodeFile {
  return { path, absolutePath, sizeBytes, isExecutable: (mode & 0o100) !== 0 };
}
