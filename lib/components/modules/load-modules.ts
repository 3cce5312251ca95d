import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import { createLogger } from "#lib/core/logger.ts";
import { moduleGroups } from "../model.ts";
import { type ModuleFile, readModule } from "./read-module.ts";

/** The modules that ship with the studio, read from their folders. */

const home = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(home, "modules");
const packageFolder = join(home, "python", "atelier_modules");
/** A look at the folders costs some hundred stats; a module that was changed may show this much later. */
const freshMs = 1000;

const logger = createLogger("modules");

interface Entry {
  stamp: string;
  /** Null for a folder that cannot be read yet. */
  module: ModuleFile | null;
}

const entries = new Map<string, Entry>();
let packageDigest = { stamp: "", digest: "" };
let loaded: ReadonlyMap<string, ModuleFile> = new Map();
let loadedAt = 0;
let loading: Promise<ReadonlyMap<string, ModuleFile>> | null = null;

/** All modules by name, in the order of the palette. Folders that are not complete are left out, with a warning. */
export async function loadModules(): Promise<ReadonlyMap<string, ModuleFile>> {
  if (Date.now() - loadedAt < freshMs) return loaded;
  loading ??= readAll().finally(() => {
    loading = null;
  });
  return loading;
}

async function readAll(): Promise<ReadonlyMap<string, ModuleFile>> {
  const found = new Map<string, ModuleFile>();
  await readPackageDigest();
  for (const { name: group } of moduleGroups) {
    for (const name of await subFolders(join(folder, group))) {
      const module = await readOne(group, name);
      if (module) found.set(name, module);
    }
  }
  loaded = found;
  loadedAt = Date.now();
  return found;
}

async function readOne(group: string, name: string): Promise<ModuleFile | null> {
  const files = ["module.yml", "run.py"].map((file) => join(folder, group, name, file));
  const stamps = await Promise.all(files.map(stampOf));
  const stamp = `${stamps.join(" ")} ${packageDigest.digest}`;
  const known = entries.get(name);
  if (known?.stamp === stamp) return known.module;
  const module = await readFolder(group, name, files);
  entries.set(name, { stamp, module });
  return module;
}

async function readFolder(group: string, name: string, files: string[]): Promise<ModuleFile | null> {
  const place = `modules/${group}/${name}`;
  try {
    const [text = "", code = ""] = await Promise.all(files.map((file) => readFile(file, "utf8")));
    const digest = createHash("sha256")
      .update(JSON.stringify([text, code, packageDigest.digest]))
      .digest("hex");
    return readModule(text, `${place}/module.yml`, [group, name], digest);
  } catch (error) {
    const reason = isAppError(error) ? error.userMessage : messageOf(error);
    logger.warn({ module: place, reason }, "a module was left out of the palette");
    return null;
  }
}

/** What a module does follows from the package that runs it as well. */
async function readPackageDigest(): Promise<void> {
  const files = (await readdir(packageFolder, { recursive: true }).catch(() => []))
    .filter((file) => file.endsWith(".py"))
    .sort();
  const stamps = await Promise.all(files.map((file) => stampOf(join(packageFolder, file))));
  const stamp = JSON.stringify([files, stamps]);
  if (packageDigest.stamp === stamp) return;
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file}\n`);
    hash.update(await readFile(join(packageFolder, file)).catch(() => ""));
  }
  packageDigest = { stamp, digest: hash.digest("hex") };
}

async function subFolders(path: string): Promise<string[]> {
  const items = await readdir(path, { withFileTypes: true }).catch(() => []);
  const names = items
    .filter((item) => item.isDirectory() && !item.name.startsWith("_"))
    .map((item) => item.name);
  return names.sort();
}

async function stampOf(file: string): Promise<string> {
  const info = await stat(file).catch(() => null);
  return info ? `${info.mtimeMs}:${info.size}` : "";
}
