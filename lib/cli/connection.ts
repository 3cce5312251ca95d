import { createORPCClient } from "@orpc/client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import type { ApiClient } from "#lib/api/client.ts";
import { apiContract } from "#lib/api/contract.ts";
import type { ErrorBody } from "#lib/api/errors.ts";
import { AppError, type ErrorCode, errorStatus } from "#lib/core/errors.ts";
import { readConfig } from "./config.ts";
import { UsageError } from "./errors.ts";

export interface Connection {
  url: string;
  token: string;
  api: ApiClient;
  /** A raw request below `/api/v1`, for bytes; throws when the answer is not good. */
  fetch(path: string, init?: RequestInit & { duplex?: "half" }): Promise<Response>;
}

/** The studio's error body as the error that it was there. */
function errorOf(status: number, body: unknown): Error {
  const { code, message, data } = (body ?? {}) as Partial<ErrorBody>;
  if (!code || !message || !(code in errorStatus)) return new Error(`The studio answered ${status}.`);
  return new AppError(code as ErrorCode, { userMessage: message, issues: data?.issues ?? [] });
}

/** A client for one studio. Without a token only public operations answer. */
export function connectTo(url: string, token: string): Connection {
  const base = `${url.replace(/\/$/, "")}/api/v1`;
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const api: ApiClient = createORPCClient(new OpenAPILink(apiContract, { url: base, headers }));
  return {
    url,
    token,
    api,
    async fetch(path, init = {}) {
      const response = await fetch(base + path, { ...init, headers: { ...headers, ...init.headers } });
      if (response.ok) return response;
      throw errorOf(response.status, await response.json().catch(() => undefined));
    },
  };
}

/** The studio of an address: `https://studio.example.com/` and the link of one of its pages both mean it. */
export function studioAddress(setting: string, text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new UsageError(`${setting}: “${text}” is no address; it starts with http:// or https://.`);
  return new URL(text).origin;
}

/**
 * The studio and token in force: the environment wins over what `login` remembered. A remembered token is for the studio
 * that gave it, and goes to no other.
 */
export function connect(): Connection {
  const { studio } = readConfig();
  const { ATELIER_URL, ATELIER_TOKEN } = process.env;
  const url = ATELIER_URL ? studioAddress("ATELIER_URL", ATELIER_URL) : studio.url;
  const token = ATELIER_TOKEN ?? (url === studio.url ? studio.token : undefined);
  if (url && token) return connectTo(url, token);
  const where = url && url !== studio.url ? ` to ${url}` : "";
  throw new UsageError(
    `Not signed in${where}. Run “atelier login --url URL --email E-MAIL”, or set ATELIER_URL and ATELIER_TOKEN.`,
  );
}

/** The workspace in force: the flag, then the environment, then the default. */
export function workspaceOf(flag: string | undefined): string {
  const name =
    flag ??
    process.env.ATELIER_WORKSPACE ??
    process.env.ATELIER_DEFAULTS_WORKSPACE ??
    readConfig().defaults.workspace;
  if (!name) {
    throw new UsageError(
      "No workspace. Give --workspace-name, or run “atelier configure --defaults workspace=NAME”.",
    );
  }
  return name;
}
