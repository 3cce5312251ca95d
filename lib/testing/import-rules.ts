import { findPath, type Import, type ImportGraph } from "./import-graph.ts";

/** Files that may run in a browser. */
function isBrowserFile(file: string): boolean {
  return file.startsWith("components/") || /^lib\/[^/]+\/(model|contract|hooks|state)\.ts$/.test(file);
}

/** Tests, and what only they use: helpers in `testing` folders or named `test-…`, and suites that drivers share. */
function isTestFile(file: string): boolean {
  return /\.test\.tsx?$|\/testing\/|\/test-[^/]+\.ts$|-contract\.ts$|-contract\/|\/contract-suite/.test(file);
}

/** Who stands on top: nothing below imports them. */
const tops = ["app/", "lib/server/", "lib/runner/", "lib/gateway/", "lib/mlflow/", "lib/cli/", "bin/"];
/** The web process stands on the pages, the MLflow routes and all the rest. */
const mayUseTops: Record<string, string[]> = { "lib/server/": ["lib/mlflow/"] };

const vendors: { package: RegExp; only: RegExp; home: string }[] = [
  { package: /^@xyflow\/react/, only: /^components\/designer\//, home: "components/designer" },
  { package: /^dockerode/, only: /^lib\/compute\/providers\/docker/, home: "lib/compute/providers/docker" },
  { package: /^@aws-sdk\//, only: /^lib\/(storage\/drivers|testing)\//, home: "lib/storage/drivers" },
  { package: /^@duckdb\//, only: /^lib\/tables\//, home: "lib/tables" },
];

/** One sentence for each edge that the architecture forbids, naming both ends. */
export function findForbiddenEdges(graph: ImportGraph): string[] {
  const sentences: string[] = [];
  for (const [file, imports] of graph) {
    if (isTestFile(file)) continue;
    for (const entry of imports) {
      const reason = entry.ours ? forbidOwn(file, entry, graph) : forbidPackage(file, entry);
      if (reason) sentences.push(`${file} imports ${entry.target}, but ${reason}.`);
    }
  }
  return sentences;
}

function forbidOwn(file: string, { target, typeOnly }: Import, graph: ImportGraph): string | null {
  const stylesheet = /\.(css|json|mjs)$/.test(target);
  if (!graph.has(target) && !stylesheet && /^(app|bin|components|db|lib)\//.test(target))
    return "there is no such file";
  if (isTestFile(target)) return "only tests use it";
  if (file.startsWith("lib/core/") && !target.startsWith("lib/core/"))
    return "lib/core imports nothing of ours";
  if (file.startsWith("db/") && !/^(db|lib\/core)\//.test(target)) return "db knows lib/core only";
  const driver = /^lib\/(compute\/providers|storage\/drivers)\/([^/]+)\//.exec(file);
  if (driver) return forbidDriver(driver[0], driver[1] ?? "", target);
  const top = tops.find((prefix) => target.startsWith(prefix) && !file.startsWith(prefix));
  const allowed = tops.find((prefix) => file.startsWith(prefix));
  if (top && !(mayUseTops[allowed ?? ""] ?? []).includes(top)) return `${top} stands on top of everything`;
  if (file.startsWith("components/") && !typeOnly && target.startsWith("db/"))
    return "components never see the database";
  if (file.startsWith("lib/") && target.startsWith("components/")) return "lib stands below the components";
  return null;
}

function forbidDriver(own: string, kind: string, target: string): string | null {
  const port = kind.startsWith("compute") ? "lib/compute/" : "lib/storage/";
  const isPort = target.startsWith(port) && !/\/(providers|drivers)\//.test(target);
  if (target.startsWith(own) || target.startsWith("lib/core/") || isPort) return null;
  return "a provider or driver knows its port and lib/core only";
}

function forbidPackage(file: string, { target }: Import): string | null {
  const vendor = vendors.find((entry) => entry.package.test(target));
  if (vendor && !vendor.only.test(file)) return `${target} belongs to ${vendor.home}`;
  if (target === "server-only") return "the runner loads these files under plain Node";
  const isPage = /^(app|components)\//.test(file);
  const isSession = /^lib\/auth\/session/.test(file) || (file === "lib/server/main.ts" && target === "next");
  if (/^next(\/|$)/.test(target) && !isPage && !isSession) return "nothing below app imports Next";
  if (/^next-auth/.test(target) && !/^(app\/api\/auth|lib\/auth|components\/)/.test(file))
    return "lib/auth hides next-auth";
  return null;
}

/** Ways by which a file for the browser would drag in Node or the database. */
export function findServerLeaks(graph: ImportGraph): string[] {
  const sentences: string[] = [];
  for (const file of graph.keys()) {
    if (!isBrowserFile(file) || isTestFile(file)) continue;
    const path = findPath(graph, file, ({ target, ours }) =>
      ours ? target.startsWith("db/") : /^(node:|drizzle-orm|postgres$|@node-rs|pino$)/.test(target),
    );
    if (path)
      sentences.push(`${file} may run in a browser, but reaches ${path.at(-1)}: ${path.join(" → ")}.`);
  }
  return sentences;
}

/** Rings of files that import each other at run time, each told once. */
export function findCycles(graph: ImportGraph): string[] {
  const sentences: string[] = [];
  const done = new Set<string>();
  for (const file of graph.keys()) {
    if (done.has(file)) continue;
    const ring = findPath(graph, file, ({ target }) => target === file);
    if (!ring || ring.some((member) => done.has(member))) continue;
    for (const member of ring) done.add(member);
    sentences.push(`${ring[0]} and ${ring[1]} import each other: ${ring.join(" → ")}.`);
  }
  return sentences;
}
