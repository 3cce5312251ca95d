// Runs on Node 20.9 before anything is installed: plain JavaScript, no dependency.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { say } from "./say.mjs";

const progressMs = 10_000;

/** The Node that the studio runs on: an ordinary dependency, whatever the machine has. */
export function projectNode(root) {
  return join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}

/** Runs `npm ci` unless node_modules is what package-lock.json says. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  say("Installing the packages of package-lock.json (npm ci)");
  // npm itself says nothing until its end, which a slow network may put minutes away.
  const progress = setInterval(() => say(describeProgress(root)), progressMs);
  try {
    await runNpmCi(root);
  } finally {
    clearInterval(progress);
  }
  if (existsSync(projectNode(root))) return;
  throw new Error(
    "npm ci left out Node 24, which comes from an install script. Allow install scripts (npm config set ignore-scripts false) and start again.",
  );
}

/** npm writes node_modules/.package-lock.json last, so its content tells what is there whole. */
function isInstalled(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const there = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !there || !existsSync(projectNode(root))) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    const found = there[path];
    // An optional package is left out on the machines it is not for.
    return path === "" || (found ? found.version === entry.version : entry.optional === true);
  });
}

function describeProgress(root) {
  const wanted = Object.keys(readPackages(join(root, "package-lock.json")) ?? {}).filter(
    (path) => path !== "",
  );
  const there = wanted.filter((path) => existsSync(join(root, path, "package.json")));
  return `Installing: ${there.length} of at most ${wanted.length} packages are there`;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}

function runNpmCi(root) {
  return new Promise((resolve, reject) => {
    const binaries = join(root, "node_modules", ".bin");
    const env = { ...process.env };
    // The Node in there is about to be removed and laid anew.
    env.PATH = (env.PATH ?? "")
      .split(delimiter)
      .filter((entry) => entry !== binaries)
      .join(delimiter);
    // The build needs development packages too, whatever NODE_ENV says.
    const child = spawn("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-8_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", () =>
      reject(new Error("npm was not found on the PATH. It comes with Node: https://nodejs.org")),
    );
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ci failed:\n${output.trim()}`));
    });
  });
}
