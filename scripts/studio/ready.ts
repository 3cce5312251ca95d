import { request } from "node:http";

interface Answer {
  status: number;
  body: string;
}

interface Target {
  host?: string;
  port?: number;
  socketPath?: string;
  path: string;
}

const tryMs = 3_000;
const pauseMs = 100;

/** Waits until `/readyz` answers 200. Returns null then, or what was not ready when `timeoutMs` had passed. */
export async function waitUntilReady(
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string | null> {
  const deadline = Date.now() + timeoutMs;
  let last = "the web process does not answer";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const answer = await findAnswer({ host: "127.0.0.1", port, path: "/readyz" });
    if (answer?.status === 200) return null;
    if (answer) last = describeParts(answer.body);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return last;
}

/** Why containers cannot run, or null when a Docker Engine answers. */
export async function findDockerProblem(dockerHost: string | undefined): Promise<string | null> {
  const address = dockerHost ?? "unix:///var/run/docker.sock";
  if (/^(ssh|npipe):/.test(address)) return null;
  const target = address.startsWith("unix://")
    ? { socketPath: address.slice("unix://".length), path: "/_ping" }
    : { ...hostAndPort(address), path: "/_ping" };
  const answer = await ask(target).catch((error: NodeJS.ErrnoException) => error);
  if (!(answer instanceof Error)) return null;
  const what =
    answer.code === "EACCES"
      ? `This user may not use the Docker Engine at ${address} (members of the group docker may)`
      : `No Docker Engine answers at ${address}`;
  return `${what}: runs on local compute work, container compute and endpoints on it are unavailable`;
}

function hostAndPort(address: string): { host: string; port: number } {
  const url = new URL(address);
  return { host: url.hostname, port: Number(url.port || 2375) };
}

function describeParts(body: string): string {
  try {
    const parts =
      (JSON.parse(body) as { parts?: Record<string, { ready: boolean; reason?: string }> }).parts ?? {};
    const missing = Object.entries(parts).filter(([, part]) => !part.ready);
    return (
      missing.map(([name, part]) => `${name}: ${part.reason ?? "not ready"}`).join("; ") || body.slice(0, 200)
    );
  } catch {
    return body.slice(0, 200);
  }
}

function findAnswer(target: Target): Promise<Answer | null> {
  return ask(target).catch(() => null);
}

function ask(target: Target): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ ...target, timeout: tryMs }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error(`no answer within ${tryMs} ms`)));
    call.on("error", reject);
    call.end();
  });
}
