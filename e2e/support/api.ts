import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createORPCClient } from "@orpc/client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import type { ApiClient } from "#lib/api/client.ts";
import { apiContract } from "#lib/api/contract.ts";
import { administrator, studioUrl } from "./settings.ts";

const timeoutMs = 120_000;

/** What a test prepares without the browser, as the studio's administrator. */
export interface TestApi {
  api: ApiClient;
  token: string;
  /** Sends a file and returns its content's name. */
  upload(workspace: string, file: string): Promise<string>;
}

/** Signs in once; the token ends by itself. */
export async function connectApi(person = administrator()): Promise<TestApi> {
  const base = `${studioUrl()}/api/v1`;
  const answer = await fetch(`${base}/auth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...person, name: "Browser tests", expiresInDays: 1 }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  const { token } = (await answer.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    api: createORPCClient(
      new OpenAPILink(apiContract, {
        url: base,
        headers,
        fetch: (request, init) => fetch(request, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      }),
    ) as ApiClient,
    async upload(workspace, file) {
      const sent = await fetch(`${base}/workspaces/${workspace}/blobs`, {
        method: "PUT",
        headers,
        body: new Uint8Array(await readFile(file)),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!sent.ok) throw new Error(`${file} was not taken: ${sent.status} ${await sent.text()}`);
      return ((await sent.json()) as { sha256: string }).sha256;
    },
  };
}

/** A workspace of its own for a test; the name is new each time. */
export async function makeWorkspace(test: TestApi, displayName: string): Promise<string> {
  const name = `${displayName.toLowerCase().replace(/\W+/g, "-")}-${Date.now().toString(36)}`;
  return (await test.api.workspaces.create({ name, displayName })).name;
}

export async function addDataset(
  test: TestApi,
  workspace: string,
  name: string,
  file: string,
): Promise<void> {
  const sha256 = await test.upload(workspace, file);
  await test.api.datasets.create({ workspace, name, source: { sha256, fileName: basename(file) } });
}
