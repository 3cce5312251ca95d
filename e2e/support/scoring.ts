import { setTimeout as wait } from "node:timers/promises";
import type { TestApi } from "./api.ts";
import { buildMs } from "./settings.ts";

const requestTimeoutMs = 30_000;

export interface Served {
  url: string;
  key: string;
}

/** Waits until the only deployment of an endpoint answers all of its traffic. */
export async function waitUntilServed(test: TestApi, workspace: string, endpoint: string): Promise<Served> {
  const deadline = Date.now() + buildMs;
  while (Date.now() < deadline) {
    const { deployments, scoringUri } = await test.api.endpoints.get({ workspace, endpoint });
    const [first] = deployments;
    if (first && first.readyCount > 0 && first.traffic === 100) {
      const { primaryKey } = await test.api.endpoints.credentials({ workspace, endpoint });
      return { url: scoringUri, key: primaryKey };
    }
    if (first?.provisioningState === "Failed")
      throw new Error(`the deployment failed: ${first.error ?? first.progress}`);
    await wait(500);
  }
  throw new Error(`the endpoint ${endpoint} was not ready in time`);
}

/** Asks as any program would: rows in, an object for each row out. */
export async function predict({ url, key }: Served, rows: object[]): Promise<Record<string, unknown>[]> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ dataframe_records: rows }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>[];
}
