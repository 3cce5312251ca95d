import type { Queryable } from "#db/client.ts";
import { AppError, messageOf } from "#lib/core/errors.ts";
import { withTimeout } from "#lib/core/time.ts";
import type { SecretVault } from "#lib/secrets/commands.ts";
import { readKey } from "./keys.ts";
import type { InvokeResult } from "./model.ts";
import { type EndpointScope, getEndpoint, getEndpointRow } from "./queries.ts";

/** The longest `request_timeout_ms`, and time to wait in line. */
const invokeMs = 200_000;

export interface Invocation {
  deployment?: string | undefined;
  body: string;
  probabilities: boolean;
}

/** Asks the endpoint as any caller does, through the gateway; what comes back is given as it is, errors too. */
export async function invokeEndpoint(
  services: { db: Queryable; vault: SecretVault },
  scope: EndpointScope,
  name: string,
  call: Invocation,
): Promise<InvokeResult> {
  const { scoringUri } = await getEndpoint(services.db, scope, name);
  const row = await getEndpointRow(services.db, scope.workspaceId, name);
  const key = await readKey(services.db, services.vault, row, "primary");
  const started = performance.now();
  try {
    return await withTimeout(invokeMs, async (signal) => {
      const response = await fetch(`${scoringUri}${call.probabilities ? "?probabilities=true" : ""}`, {
        method: "POST",
        body: call.body,
        signal,
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${key}`,
          ...(call.deployment ? { "azureml-model-deployment": call.deployment } : {}),
        },
      });
      const body = await response.text();
      return {
        status: response.status,
        body,
        latencyMs: performance.now() - started,
        deployment: response.headers.get("atelier-deployment"),
        requestId: response.headers.get("atelier-request-id"),
        timings: parseServerTiming(response.headers.get("server-timing") ?? ""),
      };
    });
  } catch (error) {
    throw new AppError("UNAVAILABLE", {
      userMessage:
        "The gateway does not answer, so no endpoint can be reached. Look at its process and try again.",
      message: `gateway at ${scope.gatewayUrl}: ${messageOf(error)}`,
      cause: error,
    });
  }
}

/** `model;dur=1.50, write;dur=0.1` → parts with milliseconds. `instance` is the sum of the parts after it. */
export function parseServerTiming(header: string): { name: string; ms: number }[] {
  return header.split(",").flatMap((part) => {
    const match = /^\s*([\w-]+)\s*;.*?dur=([\d.]+)/.exec(part);
    return match?.[1] && match[2] ? [{ name: match[1], ms: Number(match[2]) }] : [];
  });
}
