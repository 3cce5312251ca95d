// Adds to package-lock.json the packages of other machines that npm left out. npm drops an optional package from the
// lock when the registry it asked has no copy for that platform, and `npm ci` then refuses the lock everywhere.
// Run it after every `npm install`; a test fails when it is due.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const file = new URL("../package-lock.json", import.meta.url);

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
  "windows",
];
const processors = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

/** The optional packages that the lock speaks of but does not hold: `{ name, version, dev }`. */
export function findMissing(lock) {
  const missing = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lock.packages[`${path}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue;
      // A range could not be pinned without asking the registry.
      if (/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) missing.push({ name, version, dev: entry.dev === true });
    }
  }
  return missing;
}

/** What npm itself would have written, less the hash that only the registry knows. */
function toEntry({ name, version, dev }) {
  const words = name.split(/[/-]/);
  const cpu = processors.filter((processor) => words.includes(processor));
  const os = systems
    .filter((system) => words.includes(system))
    .map((system) => (system === "windows" ? "win32" : system));
  const libc = os.includes("linux") ? [words.includes("musl") ? "musl" : "glibc"] : [];
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = findMissing(lock);
  for (const entry of missing) lock.packages[`node_modules/${entry.name}`] = toEntry(entry);
  const sorted = Object.keys(lock.packages).sort((a, b) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted.map((path) => [path, lock.packages[path]]));
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} packages of other machines added`);
}
