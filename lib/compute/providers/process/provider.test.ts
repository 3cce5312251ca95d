import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ended, text } from "#lib/compute/contract-helpers.ts";
import { describeComputeContract } from "#lib/compute/contract-suite.ts";
import { ProcessProvider } from "./provider.ts";

const rootDir = mkdtempSync(join(tmpdir(), "atelier-processes-"));

describeComputeContract("local", {
  connect: () => new ProcessProvider({ rootDir }),
  // No environment of its own: the suite needs the machine's python3 only.
  environment: { kind: "venv", path: join(rootDir, "none") },
});

describe("processes in particular", () => {
  const provider = new ProcessProvider({ rootDir });
  const environment = { kind: "venv" as const, path: join(rootDir, "none") };

  it("go on when the process that launched them is killed", async () => {
    const module = new URL("./provider.ts", import.meta.url).href;
    const spec = {
      attemptId: "orphan",
      environment,
      argv: ["/bin/sh", "-c", "for i in 1 2 3 4 5; do echo $i; sleep 0.4; done; exit 9"],
      env: {},
    };
    const script = `
      import { ProcessProvider } from ${JSON.stringify(module)};
      const provider = new ProcessProvider({ rootDir: ${JSON.stringify(rootDir)} });
      await provider.launch(${JSON.stringify(spec)}, {});
      process.kill(process.pid, "SIGKILL");`;
    const launcher = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
    expect(await once(launcher, "exit")).toEqual([null, "SIGKILL"]);
    const handle = { provider: "local", attemptId: "orphan" };
    expect(await provider.inspect(handle)).toMatchObject({ state: "running" });
    expect(await text(provider, handle)).toBe("1\n2\n3\n4\n5\n");
    expect(await provider.inspect(handle)).toMatchObject({ state: "exited", exitCode: 9 });
    await provider.remove(handle);
  });

  it("are told from another program that got their number", async () => {
    const spec = { attemptId: "reused", environment, argv: ["sleep", "30"], env: {} };
    const handle = await provider.launch(spec, {});
    const note = join(rootDir, "reused", "process");
    // The number of this test's own process, with another start time.
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
    const own = readFileSync("/proc/self/stat", "utf8").split(" ");
    own[21] = "1";
    const kept = readFileSync(note);
    writeFileSync(note, `${own.join(" ").trim()}\n${boot}`);
    expect(await provider.inspect(handle)).toMatchObject({ state: "exited", exitCode: 137 });
    await provider.stop(handle, 0);
    writeFileSync(note, kept);
    expect(await provider.inspect(handle)).toMatchObject({ state: "running" });
    await provider.remove(handle);
  });

  it("leave an end to read when everything of them was killed", async () => {
    const handle = await provider.launch(
      { attemptId: "killed", environment, argv: ["sleep", "30"], env: {} },
      {},
    );
    const wrapper = Number.parseInt(readFileSync(join(rootDir, "killed", "process"), "utf8"), 10);
    process.kill(-wrapper, "SIGKILL");
    expect(await ended(provider, handle)).toMatchObject({
      exitCode: 137,
      error: expect.stringContaining("killed"),
    });
    await provider.remove(handle);
  });

  it("see the venv first and none of the studio's secrets", async () => {
    process.env.DATABASE_URL ||= "postgres://user:secret@127.0.0.1/x";
    const argv = [
      "/bin/sh",
      "-c",
      'echo "$PATH" | cut -d: -f1; echo "$VIRTUAL_ENV"; echo "$HOME"; env | grep -c secret',
    ];
    const handle = await provider.launch({ attemptId: "env", environment, argv, env: {} }, {});
    const path = environment.path;
    expect(await text(provider, handle)).toBe(`${path}/bin\n${path}\n${join(rootDir, "env", "home")}\n0\n`);
    await provider.remove(handle);
  });

  it("are kept inside their folder", async () => {
    const outside = { attemptId: "out", environment, argv: ["true"], env: {}, workingDir: "../../elsewhere" };
    await expect(provider.launch(outside, {})).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    await expect(
      provider.copyOut({ provider: "local", attemptId: "out" }, "/etc/passwd"),
    ).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    expect(() => provider.rootOf("../x")).toThrow();
    await expect(provider.inspect({ provider: "docker" })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
  });
});

afterAll(() => rmSync(rootDir, { recursive: true, force: true }));
