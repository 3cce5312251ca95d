import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export interface Import {
  /** As written, for a package: `node:fs`, `next/link`. Relative to the project, for a file of ours. */
  target: string;
  ours: boolean;
  /** `import type` and the like: gone before the program runs. */
  typeOnly: boolean;
}

/** Each source file, by its path in the project, with what it imports. */
export type ImportGraph = Map<string, Import[]>;

const statement =
  /(?:^|[;\n}])\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

export function readImportGraph(root: string, folders: string[]): ImportGraph {
  const graph: ImportGraph = new Map();
  for (const folder of folders) {
    for (const file of listSources(join(root, folder))) {
      graph.set(relative(root, file), readImports(root, file));
    }
  }
  return graph;
}

function listSources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function readImports(root: string, file: string): Import[] {
  const source = withoutComments(readFileSync(file, "utf8"));
  return [...source.matchAll(statement)].map((match) => {
    const specifier = match[2] ?? match[3] ?? "";
    const path = findOwnPath(root, file, specifier);
    return { target: path ?? specifier, ours: path !== null, typeOnly: isTypeOnly(match[0]) };
  });
}

/** `import type …` and an import whose every name is marked `type`. */
function isTypeOnly(text: string): boolean {
  if (/(?:import|export)\s+type\s/.test(text)) return true;
  const names = /(?:import|export)\s+\{([^}]*)\}/.exec(text)?.[1];
  return names?.split(",").every((name) => name.trim() === "" || /^\s*type\s/.test(name)) ?? false;
}

function findOwnPath(root: string, file: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return relative(root, join(dirname(file), specifier));
  return null;
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** The shortest way from `start` to a file or package that `isWanted` likes, over imports that exist at run time. */
export function findPath(
  graph: ImportGraph,
  start: string,
  isWanted: (entry: Import) => boolean,
): string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const entry of graph.get(file) ?? []) {
      if (entry.typeOnly) continue;
      if (isWanted(entry)) return [...trace(cameFrom, file), entry.target];
      if (!entry.ours || cameFrom.has(entry.target)) continue;
      cameFrom.set(entry.target, file);
      queue.push(entry.target);
    }
  }
  return null;
}

function trace(cameFrom: Map<string, string | null>, end: string): string[] {
  const path: string[] = [];
  for (let file: string | null = end; file !== null; file = cameFrom.get(file) ?? null) path.unshift(file);
  return path;
}
