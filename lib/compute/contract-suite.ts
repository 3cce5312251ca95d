import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomText } from "#lib/core/ids.ts";
import { textTar } from "./archive.ts";
import { bytes, ended, firstBytes, hash, same, text, untar } from "./contract-helpers.ts";
import type { ComputeHandle, ComputeProvider, LaunchSpec } from "./port.ts";

export interface ContractPlace {
  /** A fresh object each time: what the suite finds again with it was kept outside of memory. */
  connect: () => ComputeProvider;
  environment: LaunchSpec["environment"];
}

/** What every provider must do, shown on the real thing. The environment needs `sh` and `python3`. */
export function describeComputeContract(name: string, place: ContractPlace): void {
  describe(`compute provider ${name}`, () => {
    const mark = { "atelier.test": randomText(8) };
    const started: ComputeHandle[] = [];
    let provider: ComputeProvider;

    const specOf = (argv: string[], more: Partial<LaunchSpec> = {}): LaunchSpec => ({
      attemptId: `t-${randomText(12)}`,
      environment: place.environment,
      argv,
      env: {},
      ...more,
    });
    const launch = async (spec: LaunchSpec, labels = {}) => {
      const handle = await provider.launch(spec, { ...mark, ...labels });
      started.push(handle);
      return handle;
    };
    const sh = (text: string, more: Partial<LaunchSpec> = {}) => specOf(["/bin/sh", "-c", text], more);
    const python = (text: string, more: Partial<LaunchSpec> = {}) =>
      specOf(["python3", "-u", "-c", text], more);

    beforeAll(async () => {
      provider = place.connect();
      const capabilities = await provider.capabilities();
      expect(capabilities).toMatchObject({ available: true });
      expect(capabilities.cpus).toBeGreaterThan(0);
      expect(capabilities.memoryMib).toBeGreaterThan(0);
    }, 60_000);

    afterAll(async () => {
      for (const handle of started) await provider.remove(handle);
      expect(await provider.list(mark)).toEqual([]);
    }, 120_000);

    it("gives the exit code, the times and the whole log", async () => {
      const before = Date.now();
      const handle = await launch(sh("echo out; echo err >&2; exit 7"));
      expect((await text(provider, handle)).split("\n").sort()).toEqual(["", "err", "out"]);
      const state = await provider.inspect(handle);
      expect(state).toMatchObject({ state: "exited", exitCode: 7, oomKilled: false });
      expect(state.startedAt?.getTime()).toBeGreaterThan(before - 5000);
      expect(state.finishedAt?.getTime()).toBeGreaterThanOrEqual(state.startedAt?.getTime() ?? Infinity);
    });

    it("runs an attempt once, however often it is launched", async () => {
      const spec = sh('echo run >>count; sleep 1; wc -l <count; test -z "$AGAIN"');
      const handles = await Promise.all([
        launch(spec),
        provider.launch(spec, mark),
        place.connect().launch(spec, mark),
      ]);
      expect(new Set(handles.map((handle) => JSON.stringify(handle))).size).toBe(1);
      const [handle] = handles;
      expect((await text(provider, handle)).trim()).toBe("1");
      expect(await place.connect().launch({ ...spec, env: { AGAIN: "1" } }, mark)).toEqual(handle);
      expect(await provider.inspect(handle)).toMatchObject({ state: "exited", exitCode: 0 });
      expect((await provider.list(mark)).filter((item) => same(item.handle, handle))).toHaveLength(1);
    });

    it("passes the variables, the working folder and the root that it promised", async () => {
      const spec = sh('printf "%s|%s|%s" "$GREETING" "$PWD" "$DATABASE_URL"; test -w .', {
        env: { GREETING: "hello 'you' $HOME" },
        workingDir: "code/deep",
      });
      const handle = await launch(spec);
      const root = provider.rootOf(spec.attemptId);
      expect(await text(provider, handle)).toBe(`hello 'you' $HOME|${root}/code/deep|`);
      expect(await provider.inspect(handle)).toMatchObject({ exitCode: 0 });
    });

    it("replays 1 MiB of log byte by byte, from any byte", async () => {
      const handle = await launch(
        python(`
import sys
for i in range(16384): sys.stdout.write(f"{i:05d} " + "x" * 56 + "é\\n" if i % 2 else f"{i:05d} " + "y" * 57 + "\\n")
sys.stdout.write("no end of line")`),
      );
      const startedAt = Date.now();
      const first = await bytes(provider, handle, 0);
      expect(Date.now() - startedAt).toBeLessThan(15_000);
      const expected = Array.from({ length: 16384 }, (_, i) =>
        i % 2
          ? `${String(i).padStart(5, "0")} ${"x".repeat(56)}é\n`
          : `${String(i).padStart(5, "0")} ${"y".repeat(57)}\n`,
      );
      expect(hash(first)).toBe(hash(Buffer.from(`${expected.join("")}no end of line`)));
      provider = place.connect();
      expect(hash(await bytes(provider, handle, 0))).toBe(hash(first));
      for (const sinceByte of [1, 65_537, first.length - 3, first.length]) {
        expect(hash(await bytes(provider, handle, sinceByte))).toBe(hash(first.subarray(sinceByte)));
      }
    });

    it("shows a line within a second of its print, and stops reading when told", async () => {
      const handle = await launch(
        python(
          "import time\nfor i in range(4):\n  print(repr(time.time()), flush=True); time.sleep(0.7)\ntime.sleep(60)",
        ),
      );
      const controller = new AbortController();
      const delays: number[] = [];
      let rest = "";
      for await (const chunk of provider.logs(handle, { follow: true, signal: controller.signal })) {
        rest += chunk.toString();
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) delays.push(Date.now() / 1000 - Number(line));
        if (delays.length === 4) controller.abort();
      }
      expect(delays).toHaveLength(4);
      // The first line waits for the launch call to return; the others are followed live.
      expect(Math.max(...delays.slice(1))).toBeLessThan(1);
      await provider.stop(handle, 0);
    });

    it("gives samples of CPU and memory about once a second", async () => {
      const handle = await launch(
        python(`
import time
x = bytearray(80 << 20)
began = said = time.time()
while True:
  if time.time() - said > 0.2:
    said = time.time()
    print(time.process_time() / (said - began))`),
      );
      const controller = new AbortController();
      const samples = [];
      for await (const sample of provider.usage(handle, controller.signal)) {
        if (samples.push(sample) === 4) controller.abort();
      }
      expect(samples).toHaveLength(4);
      expect(samples[2]?.memoryMib).toBeGreaterThan(75);
      expect(samples[2]?.memoryMib).toBeLessThan(200);
      const spacing = (samples[2]?.at.getTime() ?? 0) - (samples[0]?.at.getTime() ?? 0);
      expect(spacing).toBeGreaterThan(1500);
      expect(spacing).toBeLessThan(6000);
      await provider.stop(handle, 0);
      // What the program got of a core, as it counted itself: a busy machine leaves it a part.
      const counted = (await text(provider, handle)).split("\n").filter((line) => Number(line) > 0);
      const got = 100 * Number(counted.at(-1));
      expect(got).toBeGreaterThan(0);
      expect(Math.max(...samples.map((sample) => sample.cpuPercent))).toBeGreaterThan(got / 2);
    });

    it("puts files in before the start, and takes files and folders out", async () => {
      const handle = await launch(
        sh(
          "cat code/train.py inputs/data/deep/er/a.csv; echo new >code/lib/made; mkdir outputs/m; echo 42 >outputs/m/model; ln -s m outputs/link",
          {
            files: [
              { path: "code", open: () => textTar({ "train.py": "print(1)\n", "lib/x.py": "" }) },
              { path: "inputs/data", open: () => textTar({ "deep/er/a.csv": "a,b\n" }) },
            ],
            dirs: ["outputs"],
          },
        ),
      );
      expect(await text(provider, handle)).toBe("print(1)\na,b\n");
      expect(await provider.inspect(handle)).toMatchObject({ exitCode: 0 });
      expect(await untar(await provider.copyOut(handle, "outputs"))).toEqual({
        "m/": "",
        "m/model": "42\n",
        link: "→m",
      });
      expect(await untar(await provider.copyOut(handle, "outputs/m/model"))).toEqual({ model: "42\n" });
      expect(Object.keys(await untar(await provider.copyOut(handle, "code"))).sort()).toEqual([
        "lib/",
        "lib/made",
        "lib/x.py",
        "train.py",
      ]);
      await provider.copyIn(handle, { path: "later", open: () => textTar({ "sub/f": "late" }) });
      expect(await untar(await provider.copyOut(handle, "later/sub"))).toEqual({ f: "late" });
      await expect(provider.copyOut(handle, "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("gives empty folders as empty, and whatever was put there before or after the start", async () => {
      const handle = await launch(
        sh(
          "echo 1 >code/outputs/new; cp -a logs/. times; mkdir deep/er/new; rm -r swapped; cp -a logs swapped",
          {
            files: [{ path: "code", open: () => textTar({ "outputs/old": "old\n" }) }],
            dirs: ["code/outputs", "logs", "untouched", "deep/er", "deep", "times", "swapped", "later"],
          },
        ),
      );
      expect(await ended(provider, handle)).toMatchObject({ exitCode: 0 });
      await provider.copyIn(handle, { path: "later", open: () => textTar({ file: "late" }) });
      const taken = async (path: string) => untar(await provider.copyOut(handle, path));
      expect(await taken("code/outputs")).toEqual({ old: "old\n", new: "1\n" });
      for (const path of ["logs", "untouched", "times", "swapped"]) expect(await taken(path)).toEqual({});
      expect(await taken("deep")).toEqual({ "er/": "", "er/new/": "" });
      expect(await taken("later")).toEqual({ file: "late" });
    });

    it("refuses an archive that leaves its folder", async () => {
      const spec = sh("true", { files: [{ path: "code", open: () => textTar({ "../../escaped": "x" }) }] });
      const failed = provider.launch(spec, mark);
      await expect(failed).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
      const [item] = (await provider.list(mark)).filter(
        (one) => one.labels["atelier.attempt"] === spec.attemptId,
      );
      if (item !== undefined) started.push(item.handle);
    });

    it("lets a program end in its grace, and ends one that does not", async () => {
      const polite = await launch(
        python(
          "import signal, sys, time\nsignal.signal(15, lambda *_: (print('bye'), sys.exit(3)))\nprint('up')\ntime.sleep(60)",
        ),
      );
      await firstBytes(provider, polite);
      await provider.stop(polite, 20_000);
      expect(await provider.inspect(polite)).toMatchObject({ state: "exited", exitCode: 3 });
      expect(await text(provider, polite)).toBe("up\nbye\n");

      const stubborn = await launch(
        sh(
          "trap '' TERM; sh -c \"trap '' TERM; while :; do sleep 1; done\" & echo up; while :; do sleep 1; done",
        ),
      );
      await firstBytes(provider, stubborn);
      const startedAt = Date.now();
      await provider.stop(stubborn, 1000);
      expect(Date.now() - startedAt).toBeGreaterThan(900);
      expect(Date.now() - startedAt).toBeLessThan(10_000);
      expect(await provider.inspect(stubborn)).toMatchObject({ state: "exited", exitCode: 137 });
      await provider.stop(stubborn, 1000);
    });

    it("ends what the program left running", async () => {
      const handle = await launch(
        sh("(while :; do echo alive >>ticks; sleep 0.1; done) & sleep 0.5; exit 0"),
      );
      expect(await ended(provider, handle)).toMatchObject({ exitCode: 0 });
      const size = async () => (await untar(await provider.copyOut(handle, "ticks"))).ticks?.length ?? 0;
      const before = await size();
      expect(before).toBeGreaterThan(0);
      await wait(500);
      expect(await size()).toBe(before);
    });

    it("holds the memory limit", async () => {
      const handle = await launch(
        python("x = bytearray(400 << 20)\nprint('had it')", { limits: { memoryMib: 128 } }),
      );
      const state = await ended(provider, handle);
      expect(state.exitCode).not.toBe(0);
      expect(await text(provider, handle)).not.toContain("had it");
    });

    it("says so when the program is not there", async () => {
      const spec = specOf(["/no/such/program"]);
      const handle = await launch(spec).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "UNPROCESSABLE" });
        return null;
      });
      const [item] = (await provider.list(mark)).filter(
        (one) => one.labels["atelier.attempt"] === spec.attemptId,
      );
      const kept = handle ?? item?.handle;
      if (kept === undefined) throw new Error("nothing is left to inspect");
      started.push(kept);
      expect(await ended(provider, kept)).toMatchObject({ exitCode: 127 });
    });

    it("finds its programs by label, whoever started them", async () => {
      const own = { ...mark, "atelier.run": `run_${randomText(6)}` };
      const handle = await launch(sh("sleep 60"), own);
      const fresh = place.connect();
      expect(await fresh.list(own)).toMatchObject([{ handle, labels: own, state: "running" }]);
      expect(await fresh.list({ "atelier.run": "none" })).toEqual([]);
      expect((await fresh.list(mark)).length).toBeGreaterThan(1);
      await fresh.stop(handle, 0);
      expect(await fresh.list(own)).toMatchObject([{ handle, state: "exited" }]);
    });

    it("is reattached to by a fresh object, in the middle and after the end", async () => {
      const handle = await launch(sh("for i in 1 2 3 4 5 6; do echo line $i; sleep 0.3; done; exit 5"));
      const some = await firstBytes(provider, handle);
      const fresh = place.connect();
      expect(await fresh.inspect(handle)).toMatchObject({ state: "running" });
      const rest = await bytes(fresh, handle, some.length);
      expect(Buffer.concat([some, rest]).toString()).toBe("line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n");
      expect(await place.connect().inspect(handle)).toMatchObject({ state: "exited", exitCode: 5 });
    });

    it("is calm about what is gone", async () => {
      const handle = await launch(sh("true"));
      await ended(provider, handle);
      await provider.remove(handle);
      expect(await provider.inspect(handle)).toEqual({ state: "missing" });
      await provider.stop(handle, 1000);
      await provider.remove(handle);
      await expect(provider.address(handle, 80)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    });
  });
}
