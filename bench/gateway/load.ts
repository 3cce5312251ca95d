import http from "node:http";

export interface Load {
  url: string;
  body: Buffer;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requests: number;
  failures: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
}

/** Keep-alive connections that each send the next request when the last was answered. Latencies in ms. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: load.connections });
  const latencies: number[] = [];
  let failures = 0;
  const headers = { ...load.headers, "content-type": "application/json", "content-length": load.body.length };
  const once = () =>
    new Promise<void>((resolve) => {
      const started = performance.now();
      const request = http.request(load.url, { method: "POST", agent, headers }, (response) => {
        response.resume();
        response.once("end", () => {
          if (response.statusCode !== 200) failures += 1;
          latencies.push(performance.now() - started);
          resolve();
        });
      });
      request.once("error", () => {
        failures += 1;
        resolve();
      });
      request.end(load.body);
    });
  const end = performance.now() + load.seconds * 1000;
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      while (performance.now() < end) await once();
    }),
  );
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0;
  return {
    requests: latencies.length,
    failures,
    perSecond: latencies.length / load.seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}
