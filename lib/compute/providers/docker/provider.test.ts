import { afterAll, describe, expect, it } from "vitest";
import { textTar } from "#lib/compute/archive.ts";
import { ended, text, untar } from "#lib/compute/contract-helpers.ts";
import { describeComputeContract } from "#lib/compute/contract-suite.ts";
import type { LaunchSpec } from "#lib/compute/port.ts";
import { randomText } from "#lib/core/ids.ts";
import { sleep, withTimeout } from "#lib/core/time.ts";
import { DockerProvider } from "./provider.ts";

const image = process.env.ATELIER_BASE_IMAGE || "python:3.11-slim";

describeComputeContract("docker", {
  connect: () => new DockerProvider(),
  environment: { kind: "image", image },
});

describe("docker in particular", () => {
  const provider = new DockerProvider();
  const mark = { "atelier.test": randomText(8) };
  const specOf = (argv: string[], more: Partial<LaunchSpec> = {}): LaunchSpec => ({
    attemptId: `t-${randomText(12)}`,
    environment: { kind: "image", image },
    argv,
    env: {},
    ...more,
  });

  afterAll(async () => {
    for (const { handle } of await provider.list(mark)) await provider.remove(handle);
  });

  it("runs without root, privileges or room for more", async () => {
    const script =
      "id -u; grep -E 'CapBnd|NoNewPrivs' /proc/self/status; touch /etc/x 2>/dev/null || echo read-only; touch /tmp/x && echo tmp";
    const handle = await provider.launch(specOf(["/bin/sh", "-c", script]), mark);
    expect(await text(provider, handle)).toBe(
      "1000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nread-only\ntmp\n",
    );
  });

  it("leaves a working folder of the image as it is", async () => {
    const spec = specOf(["/bin/sh", "-c", 'echo $PWD $(stat -c "%u %Y" .) $(stat -c %u /atelier/out)']);
    const handle = await provider.launch({ ...spec, workingDir: "/usr/local", dirs: ["out"] }, mark);
    const other = await provider.launch(specOf(["stat", "-c", "/usr/local %u %Y 1000", "/usr/local"]), mark);
    expect(await text(provider, handle)).toBe(await text(provider, other));
  });

  it("says that memory ran out", async () => {
    const hungry = specOf(["python3", "-c", "x = bytearray(400 << 20)"], { limits: { memoryMib: 64 } });
    const state = await ended(provider, await provider.launch(hungry, mark));
    expect(state).toMatchObject({ exitCode: 137, oomKilled: true });
  });

  it("holds the limits of processes, CPU and shared memory", async () => {
    const script = `
import os, time
for i in range(40):
  try: pid = os.fork()
  except OSError: print("stopped at", i < 30); break
  if pid == 0: time.sleep(20); os._exit(0)
s = os.statvfs("/dev/shm"); print(s.f_blocks * s.f_frsize >> 20)
t = time.time()
while time.time() - t < 2: pass
print(time.process_time() < 1.5)`;
    const limits = { pids: 20, cpus: 0.5, shmMib: 96 };
    const handle = await provider.launch(specOf(["python3", "-c", script], { limits }), mark);
    expect(await text(provider, handle)).toBe("stopped at True\n96\nTrue\n");
  });

  it("lets runs reach out but not each other, and some nothing at all", async () => {
    const listen =
      "import socket\ns = socket.create_server(('', 8000))\nprint(socket.gethostbyname(socket.gethostname()), flush=True)\ns.accept()";
    const server = await provider.launch(specOf(["python3", "-c", listen]), mark);
    let address = "";
    for await (const chunk of provider.logs(server, { follow: true })) {
      address = chunk.toString().trim();
      break;
    }
    const reach = `import socket\ntry: socket.create_connection(("${address}", 8000), 2); print("reached")\nexcept OSError: print("not reached")\nprint(socket.gethostbyname("host.docker.internal") != "")`;
    const client = await provider.launch(specOf(["python3", "-c", reach]), mark);
    expect(await text(provider, client)).toBe("not reached\nTrue\n");
    const alone = await provider.launch(
      specOf(["/bin/sh", "-c", "ls /sys/class/net"], { network: false }),
      mark,
    );
    expect(await text(provider, alone)).toBe("lo\n");
    await provider.stop(server, 0);
  });

  it("serves on a port of loopback", async () => {
    const script = "import http.server as h\nh.test(h.SimpleHTTPRequestHandler, port=8080)";
    const handle = await provider.serve(specOf(["python3", "-c", script], { ports: [8080] }), mark);
    const { host, port } = await provider.address(handle, 8080);
    expect(host).toBe("127.0.0.1");
    let status = 0;
    // The engine's proxy accepts before the program listens, so each try has its own limit.
    for (let i = 0; i < 40 && status !== 200; i++) {
      status = await withTimeout(1000, (signal) => fetch(`http://${host}:${port}/`, { signal }))
        .then((answer) => answer.status)
        .catch(() => 0);
      if (status !== 200) await sleep(250);
    }
    expect(status).toBe(200);
    await provider.stop(handle, 0);
    await expect(provider.address(handle, 8080)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("lets a prepared program wait for its launch, which may come again", async () => {
    const script = "echo begins; cat input/a; read line || echo no line; sleep 2; echo x >out/x";
    const dirs = ["input", "out"];
    const spec = specOf(["/bin/sh", "-c", script], { dirs });
    await provider.prepare(spec, mark);
    const [item] = (await provider.list(mark)).filter(
      ({ labels }) => labels["atelier.attempt"] === spec.attemptId,
    );
    expect(item).toMatchObject({ state: "running" });
    const files = [{ path: "input", open: () => textTar({ a: "file\n" }) }];
    const handle = await provider.launch({ ...spec, files }, mark);
    expect(handle).toEqual(item?.handle);
    for await (const chunk of provider.logs(handle, { follow: true })) {
      if (chunk.includes("no line")) break;
    }
    expect(await provider.launch({ ...spec, files }, mark)).toEqual(handle);
    expect(await new DockerProvider().launch(spec, mark)).toEqual(handle);
    expect(await text(provider, handle)).toBe("begins\nfile\nno line\n");
    expect(await ended(provider, handle)).toMatchObject({ exitCode: 0 });
    expect(await untar(await provider.copyOut(handle, "out"))).toEqual({ x: "x\n" });
    expect(await provider.launch(spec, mark)).toEqual(handle);
    expect(await text(provider, handle)).toBe("begins\nfile\nno line\n");
  });

  it("says what is wrong with an image or an engine", async () => {
    await expect(
      provider.launch(
        specOf(["true"], { environment: { kind: "image", image: "127.0.0.1:9/none:1" } }),
        mark,
      ),
    ).rejects.toMatchObject({
      code: "UNAVAILABLE",
      userMessage: expect.stringContaining("No image registry answered for 127.0.0.1:9/none:1"),
    });
    const away = new DockerProvider({ host: "unix:///nowhere/docker.sock" });
    expect(await away.capabilities()).toMatchObject({
      available: false,
      reason:
        "Docker does not answer at unix:///nowhere/docker.sock. Start it, or set DOCKER_HOST to where it runs.",
    });
    await expect(
      provider.launch(specOf(["true"], { environment: { kind: "venv", path: "/x" } }), mark),
    ).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
  });
});
