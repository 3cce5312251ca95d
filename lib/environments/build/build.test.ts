import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textTar } from "#lib/compute/archive.ts";
import { ended, text } from "#lib/compute/contract-helpers.ts";
import type { ComputeHandle } from "#lib/compute/port.ts";
import { DockerProvider } from "#lib/compute/providers/docker/provider.ts";
import { ProcessProvider } from "#lib/compute/providers/process/provider.ts";
import { randomText } from "#lib/core/ids.ts";
import { preparePythonTools, toolPath } from "../../../scripts/services/python-tools.ts";
import { bakeImage } from "./bake-image.ts";
import { buildEnvironmentImage, findEnvironmentImage } from "./build-image.ts";
import { buildVenv } from "./build-venv.ts";
import { environmentDigest } from "./digest.ts";
import { type Lock, lockRequirements } from "./lock.ts";
import { resolveEnvironment } from "./resolve.ts";
import { findUv } from "./uv.ts";

const run = promisify(execFile);
const baseImage = process.env.ATELIER_BASE_IMAGE || "python:3.11-slim";
const mark = { "atelier.test": randomText(8) };
const madeImages: string[] = [];
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "atelier-environments-"));
  const found = await findUv(home).catch(() => null);
  if (found !== null) return;
  await preparePythonTools(join(home, "tools"));
  expect(await findUv(home)).toBe(toolPath(join(home, "tools"), "uv"));
}, 300_000);

afterAll(async () => {
  const docker = new DockerProvider();
  for (const { handle } of await docker.list(mark)) await docker.remove(handle);
  for (const id of madeImages.reverse()) await docker.images.remove(id);
  await rm(home, { recursive: true, force: true });
}, 120_000);

/** A lock that no other run of this test has, so that it is built here. */
async function freshLock(requirements: string[]): Promise<Lock> {
  const lock = await lockRequirements({ requirements, python: "3.11" }, { home, platform: "linux/amd64" });
  return { ...lock, text: `# ${randomText(12)}\n${lock.text}` };
}

describe("a lock", () => {
  it("has every package with its exact version", async () => {
    const lock = await lockRequirements(
      { requirements: ["flask<1", "werkzeug>3"], python: "3.11" },
      { home, platform: "linux/amd64" },
    );
    const pins = lock.text.trim().split("\n");
    expect(pins).toContain("flask==0.12.4");
    expect(pins.length).toBeGreaterThan(4);
    for (const pin of pins) expect(pin).toMatch(/^[\w.-]+==[\w.]+$/);
  }, 60_000);

  it("names the package that does not exist", async () => {
    const missing = lockRequirements(
      { requirements: ["six==99.1"], python: "3.11" },
      { home, platform: "linux/amd64" },
    );
    await expect(missing).rejects.toMatchObject({ code: "UNPROCESSABLE", details: { package: "six" } });
  }, 60_000);
});

describe("an environment on this machine", () => {
  it("is built once by two builders, whole or not at all, and runs", async () => {
    const lock = await freshLock(["flask==3.0.3"]);
    const digest = environmentDigest(lock, "test");
    const lines: string[] = [];
    const build = () => buildVenv(digest, lock, { home, onLine: (line) => void lines.push(line) });
    const [a, b] = await Promise.all([build(), build()]);
    expect(a).toBe(b);
    expect(lines.filter((line) => line.startsWith("Installed"))).toHaveLength(1);
    expect((await readdir(join(home, "environments"))).sort()).toEqual([digest]);
    // The program's own start line must hold after the folder got its name.
    const { stdout } = await run(join(a, "bin", "flask"), ["--version"], { timeout: 20_000 });
    expect(stdout).toContain("Flask 3.0.3");
  }, 120_000);

  it("leaves nothing behind when it fails", async () => {
    const lock = { text: "six==99.1\n", python: "3.11" };
    const failed = buildVenv("f".repeat(64), lock, { home });
    await expect(failed).rejects.toMatchObject({ code: "UNPROCESSABLE", details: { package: "six" } });
    expect((await readdir(join(home, "environments"))).filter((name) => name.startsWith("fff"))).toEqual([]);
  }, 60_000);

  it("is what a process runs in", async () => {
    const provider = new ProcessProvider({ rootDir: join(home, "runs") });
    const definition = { kind: "pip" as const, requirements: ["six==1.16.0"] };
    const resolved = await resolveEnvironment(definition, { provider, home, baseImage });
    expect(resolved).toMatchObject({ environment: { kind: "venv" }, lock: { text: "six==1.16.0\n" } });
    const handle = await provider.launch(
      {
        attemptId: "t1",
        environment: resolved.environment,
        argv: ["python", "-c", "import six, sys; print(six.__version__, sys.prefix)"],
        env: {},
      },
      mark,
    );
    expect((await text(provider, handle)).trim()).toBe(
      `1.16.0 ${resolved.environment.kind === "venv" && resolved.environment.path}`,
    );
    const image = resolveEnvironment({ kind: "image", image: "x:1" }, { provider, home, baseImage });
    await expect(image).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    await provider.remove(handle);
  }, 120_000);
});

describe("an environment as an image", () => {
  it("is built once by builders of several processes, and found the next time", async () => {
    const lock = await freshLock(["six==1.16.0"]);
    const base = await new DockerProvider().images.resolve(baseImage);
    const digest = environmentDigest(lock, base.id);
    const lines: string[] = [];
    // A provider each, as in processes of their own.
    const build = () =>
      buildEnvironmentImage(new DockerProvider().images, digest, lock, base.id, {
        home,
        onLine: (line) => void lines.push(line),
      });
    const built = await Promise.all([build(), build(), build()]);
    madeImages.push(...new Set(built.map((image) => image.id)));
    expect(new Set(built.map((image) => image.id)).size).toBe(1);
    const [image] = built;
    expect(image.labels["atelier.environment"]).toBe(digest);
    expect(lines.filter((line) => line.startsWith("Installed")).length).toBeGreaterThan(0);
    expect((await findEnvironmentImage(new DockerProvider().images, digest))?.id).toBe(image.id);
    const before = lines.length;
    expect((await build()).id).toBe(image.id);
    expect(lines.length).toBe(before);

    // Nothing of the build stays: no settings, no certificates, no tools.
    expect(Object.keys(image.env).filter((name) => /PIP_|UV_|CERT|BUNDLE|proxy/i.test(name))).toEqual([]);
    const look =
      "python -c 'import six; print(six.__version__)'; which python; ls -A /run/atelier-build /var/cache/atelier-uv; id -u; touch /opt/env/x";
    const handle = await start(image.id, ["/bin/sh", "-c", look]);
    const said = await text(new DockerProvider(), handle);
    expect(said).toContain(
      "1.16.0\n/opt/env/bin/python\n/run/atelier-build:\n\n/var/cache/atelier-uv:\n1000\n",
    );
    expect(said).toMatch(/touch: .*denied/i);
  }, 240_000);

  it("says which package failed, and leaves no container", async () => {
    const provider = new DockerProvider();
    const base = await provider.images.resolve(baseImage);
    const lock = { text: `# ${randomText(12)}\nsix==99.1\n`, python: "3.11" };
    const failed = buildEnvironmentImage(provider.images, environmentDigest(lock, base.id), lock, base.id, {
      home,
    });
    await expect(failed).rejects.toMatchObject({ code: "UNPROCESSABLE", details: { package: "six" } });
    const python = buildEnvironmentImage(
      provider.images,
      "0".repeat(64),
      { text: "", python: "3.5" },
      base.id,
      { home },
    );
    await expect(python).rejects.toMatchObject({
      code: "UNPROCESSABLE",
      userMessage: expect.stringMatching(/3\.5/),
    });
    expect(await provider.list({ "atelier.build": `environment-${"0".repeat(32)}` })).toEqual([]);
  }, 120_000);

  it("takes a package that must run its set-up, resolved inside a container", async () => {
    const lines: string[] = [];
    const resolved = await resolveEnvironment(
      { kind: "pip", requirements: ["pyyaml==3.10"] },
      { provider: new DockerProvider(), home, baseImage, onLine: (line) => void lines.push(line) },
    );
    if (resolved.environment.kind === "image") madeImages.push(resolved.environment.image);
    expect(resolved.lock?.text).toBe("pyyaml==3.10\n");
    expect(lines.some((line) => line.includes("inside a container"))).toBe(true);
  }, 180_000);

  it("has the OpenMP that one package needs and another brings", async () => {
    const provider = new DockerProvider();
    const lock = await freshLock(["lightgbm==4.*", "scikit-learn==1.5.*", "numpy<2.3"]);
    const base = await provider.images.resolve(baseImage);
    const digest = environmentDigest(lock, base.id);
    const image = await buildEnvironmentImage(provider.images, digest, lock, base.id, { home });
    madeImages.push(image.id);
    const code =
      "import lightgbm, numpy; lightgbm.LGBMRegressor().fit(numpy.eye(50), range(50)); print('fitted')";
    const handle = await start(image.id, ["python", "-c", code]);
    expect(await text(provider, handle)).toContain("fitted\n");
    expect(await ended(provider, handle)).toMatchObject({ exitCode: 0 });
  }, 300_000);

  it("is finished by the next one when its builder leaves in the middle", async () => {
    const provider = new DockerProvider();
    const lock = await freshLock(["six==1.16.0"]);
    const base = await provider.images.resolve(baseImage);
    const digest = environmentDigest(lock, base.id);
    const leaving = new AbortController();
    const left = buildEnvironmentImage(provider.images, digest, lock, base.id, {
      home,
      signal: leaving.signal,
      onLine: () => leaving.abort(),
    });
    await expect(left).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await findEnvironmentImage(provider.images, digest)).toBeNull();
    const [container] = await provider.list({ "atelier.build": `environment-${digest.slice(0, 32)}` });
    expect(container).toBeDefined();
    // It waits a while for the builder that has left, then finishes its container instead of building again.
    const lines: string[] = [];
    const image = await buildEnvironmentImage(new DockerProvider().images, digest, lock, base.id, {
      home,
      onLine: (line) => void lines.push(line),
    });
    madeImages.push(image.id);
    expect((await findEnvironmentImage(provider.images, digest))?.id).toBe(image.id);
    expect(await provider.list({ "atelier.build": `environment-${digest.slice(0, 32)}` })).toEqual([]);
    expect(lines.filter((line) => line.startsWith("Installed")).length).toBeLessThan(2);
  }, 120_000);

  it("is an image as it is, when that is asked", async () => {
    const provider = new DockerProvider();
    const resolved = await resolveEnvironment(
      { kind: "image", image: baseImage },
      { provider, home, baseImage: "unused:1" },
    );
    const { id } = await provider.images.resolve(baseImage);
    expect(resolved).toEqual({ environment: { kind: "image", image: id }, digest: null, lock: null });
  });
});

describe("a baked image", () => {
  it("has the files and runs its command, and is built once for the same content", async () => {
    const provider = new DockerProvider();
    const base = await provider.images.resolve(baseImage);
    const word = randomText(12);
    const files = [{ path: "/opt/model", open: () => textTar({ "m/model.txt": word }) }];
    const config = {
      cmd: [
        "/bin/sh",
        "-c",
        "cat /opt/model/m/model.txt; echo $GREETING; id -u; ls -ln /opt/model/m/model.txt | cut -d' ' -f3",
      ],
      env: { GREETING: "hello" },
      exposedPorts: [8080],
      labels: { "atelier.kind": "model" },
    };
    const image = await bakeImage(provider.images, base.id, files, config);
    madeImages.push(image.id);
    expect(image.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(image.labels).toMatchObject({ "atelier.kind": "model", "atelier.baked": image.digest });
    expect((await bakeImage(new DockerProvider().images, base.id, files, config)).id).toBe(image.id);
    const handle = await start(image.id, []);
    expect(await text(provider, handle)).toBe(`${word}hello\n1000\n1000\n`);
    expect(await ended(provider, handle)).toMatchObject({ exitCode: 0 });
  }, 120_000);
});

function start(image: string, argv: string[]): Promise<ComputeHandle> {
  const spec = {
    attemptId: `t-${randomText(12)}`,
    environment: { kind: "image" as const, image },
    argv,
    env: {},
  };
  return new DockerProvider().launch(spec, mark);
}
