import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { say } from "../bootstrap/say.mjs";

export type Program = "Chromium" | "Docker Engine" | "debootstrap";

interface ProgramSpec {
  need: Program;
  commands: string[];
  /** `a|b` is the first of them that the machine's archive has. */
  packages: string[];
}

const programs: ProgramSpec[] = [
  {
    need: "Chromium",
    // The first is the same Chromium without windows: it takes a fifth less of the processor.
    commands: ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable"],
    packages: ["chromium-headless-shell|chromium", "iproute2"],
  },
  { need: "Docker Engine", commands: ["dockerd"], packages: ["docker.io", "iptables", "ca-certificates"] },
  { need: "debootstrap", commands: ["debootstrap"], packages: ["debootstrap"] },
];

const installTimeoutMs = 600_000;
/** apt-get lets one at a time. */
let installing = Promise.resolve();

/** Sees that the machine has what the stages need: installs it where that is our way, else says what is missing. */
export function ensureMachine(needs: Program[]): Promise<void> {
  const installed = installing.then(() => install(needs));
  installing = installed.catch(() => {});
  return installed;
}

async function install(needs: Program[]): Promise<void> {
  const missing = programs.filter(({ need, commands }) => needs.includes(need) && !commands.some(hasCommand));
  if (missing.length === 0) return;
  const packages = missing.flatMap((program) => program.packages);
  const canInstall = process.getuid?.() === 0 && existsSync("/etc/debian_version") && hasCommand("apt-get");
  if (!canInstall) {
    const names = missing.map(({ need }) => need).join(", ");
    const usual = packages.map((name) => name.split("|").at(-1)).join(" ");
    throw new Error(
      `Missing on this machine: ${names}. On Debian or Ubuntu, as root: apt-get install ${usual}`,
    );
  }
  await aptGet(["update", "-qq"]);
  const offered = packages.map((names) => names.split("|").find(isOffered) ?? names);
  say(`Installing ${offered.join(", ")} (apt-get)`);
  await aptGet(["install", "-y", "-qq", "--no-install-recommends", ...offered]);
}

/** The Chromium of this machine. */
export function findBrowser(): string | null {
  const browser = programs.find(({ need }) => need === "Chromium");
  for (const name of browser?.commands ?? []) {
    const found = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8", timeout: 10_000 });
    if (found.status === 0) return found.stdout.trim();
  }
  return null;
}

function hasCommand(name: string): boolean {
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
  return path.split(":").some((folder) => folder !== "" && existsSync(`${folder}/${name}`));
}

function isOffered(name: string): boolean {
  return spawnSync("apt-cache", ["show", name], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

async function aptGet(args: string[]): Promise<void> {
  try {
    await promisify(execFile)("apt-get", args, {
      timeout: installTimeoutMs,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch (error) {
    throw new Error(`apt-get ${args[0]} failed:\n${lastWords(error)}`);
  }
}

/** The end of what a program wrote before it failed. */
export function lastWords(error: unknown): string {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  const said = `${stdout}\n${stderr}`.trim() || String(error);
  return said.split("\n").slice(-12).join("\n");
}
