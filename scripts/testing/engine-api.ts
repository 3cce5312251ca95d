import { createReadStream } from "node:fs";
import { request } from "node:http";
import { pipeline } from "node:stream/promises";

const timeoutMs = 120_000;

export const localEngine = "unix:///var/run/docker.sock";

export interface EngineAnswer {
  status: number;
  body: string;
}

/** One call of the Docker Engine's API, with a file as its body when one is given. */
export function callEngine(
  dockerHost: string,
  method: "GET" | "POST" | "DELETE",
  path: string,
  bodyFile?: string,
): Promise<EngineAnswer> {
  const target = dockerHost.startsWith("unix://")
    ? { socketPath: dockerHost.slice("unix://".length) }
    : { host: new URL(dockerHost).hostname, port: new URL(dockerHost).port || "2375" };
  return new Promise((resolve, reject) => {
    const headers = bodyFile ? { "content-type": "application/x-tar" } : {};
    const call = request({ ...target, method, path, headers, timeout: timeoutMs }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error(`the engine did not answer ${path} in time`)));
    call.on("error", reject);
    if (bodyFile) pipeline(createReadStream(bodyFile), call).catch(reject);
    else call.end();
  });
}

/** Removes every container with the label, running or not. Without an engine there is none. */
export async function removeContainers(dockerHost: string | undefined, label: string): Promise<void> {
  const host = dockerHost ?? localEngine;
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const list = await callEngine(host, "GET", `/containers/json?all=true&filters=${filters}`).catch(
    () => null,
  );
  if (list?.status !== 200) return;
  for (const { Id } of JSON.parse(list.body) as { Id: string }[]) {
    await callEngine(host, "DELETE", `/containers/${Id}?force=true&v=true`);
  }
}
