import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { say } from "../bootstrap/say.mjs";
import { callEngine } from "./engine-api.ts";
import { ensureMachine, lastWords } from "./machine.ts";

export const baseImage = "atelier-base:bookworm";

const cacheFolder = "/var/cache/atelier-test";
const packages = ["python3", "python3-venv", "ca-certificates"];
const debootstrapTimeoutMs = 600_000;

/**
 * Puts a Debian 12 with Python into the engine, for machines that reach Debian's packages but no image registry. The
 * packed root file system is kept under /var/cache, so only the first engine waits for debootstrap.
 */
export async function ensureBaseImage(dockerHost: string): Promise<void> {
  if ((await callEngine(dockerHost, "GET", `/images/${baseImage}/json`)).status === 200) return;
  const archive = join(cacheFolder, "base-bookworm.tar");
  if (!existsSync(archive)) {
    await ensureMachine(["debootstrap"]);
    say("Making the base image with debootstrap (about a minute)");
    await makeArchive(archive);
  }
  const [repo, tag] = baseImage.split(":");
  const answer = await callEngine(
    dockerHost,
    "POST",
    `/images/create?fromSrc=-&repo=${repo}&tag=${tag}`,
    archive,
  );
  if (answer.status !== 200 || /"error"/.test(answer.body)) {
    throw new Error(`The engine did not take the base image: ${answer.status} ${answer.body.slice(-400)}`);
  }
  say(`Imported ${baseImage}`);
}

async function makeArchive(archive: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "atelier-debootstrap-"));
  const run = (command: string, args: string[]) =>
    promisify(execFile)(command, args, {
      timeout: debootstrapTimeoutMs,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    }).catch((error: unknown) => {
      throw new Error(`${command} failed:\n${lastWords(error)}`);
    });
  try {
    mkdirSync(cacheFolder, { recursive: true });
    await run("debootstrap", ["--variant=minbase", `--include=${packages.join(",")}`, "bookworm", root]);
    rmSync(join(root, "var/cache/apt/archives"), { recursive: true, force: true });
    rmSync(join(root, "var/lib/apt/lists"), { recursive: true, force: true });
    await run("tar", ["--numeric-owner", "-C", root, "-cf", `${archive}.tmp`, "."]);
    renameSync(`${archive}.tmp`, archive);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
