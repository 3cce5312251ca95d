import { isIP } from "node:net";
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

const portRule = "must be a port number from 1 to 65535";
const port = z.coerce.number(portRule).int(portRule).min(1, portRule).max(65535, portRule);
const text = z.string("is not set").trim().min(1);
const address = z.url({
  protocol: /^https?$/,
  error: "must be an address that starts with http:// or https://",
});

/** IP addresses with commas between them. */
const listenList = z
  .string()
  .refine(
    (list) =>
      list
        .split(",")
        .every((entry) => entry.trim() === "localhost" || isIP(entry.trim().replace(/^\[|\]$/g, "")) !== 0),
    "must be IP addresses with commas between them, such as 127.0.0.1 or 0.0.0.0",
  );

const schema = z.object({
  ATELIER_HOME: text.default(".atelier"),
  PORT: port.default(3000),
  GATEWAY_PORT: port.default(3001),
  DATABASE_URL: z
    .string("is not set")
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://"),
  S3_ENDPOINT: address,
  S3_BUCKET: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  S3_REGION: text.default("us-east-1"),
  DOCKER_HOST: z
    .string()
    .regex(
      /^(unix:\/\/\/|(tcp|https?|ssh):\/\/[^/\s]|npipe:)/,
      "must start with unix:///, tcp://, https:// or ssh://",
    )
    .optional(),
  ATELIER_BASE_IMAGE: text
    .regex(/^[a-z0-9][\w./:@-]*$/, "must be the name of an image, such as python:3.11-slim")
    .default("python:3.11-slim"),
  ATELIER_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  ATELIER_ADMIN_PASSWORD: z.string().min(8, "needs at least 8 characters").optional(),
  /** Where people reach the studio; links and tracking addresses start with it. */
  ATELIER_URL: address.optional(),
  /** Where callers reach the gateway. */
  ATELIER_GATEWAY_URL: address.optional(),
  /** Addresses to listen on, with commas. The Docker bridge is added by itself when there is one. */
  ATELIER_LISTEN: listenList.default("127.0.0.1"),
  ATELIER_MASTER_KEY: z
    .string()
    .refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64")
    .optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn or error",
    })
    .optional(),
});

export interface Env extends z.infer<typeof schema> {
  home: string;
  url: string;
  gatewayUrl: string;
}

/** Thrown at start: each line names a variable and says what it must be. */
export class EnvError extends Error {}

/** Reads the settings, or throws an `EnvError` that names every variable at fault. An empty variable counts as unset. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new EnvError(lines.join("\n"));
  }
  const env = parsed.data;
  return {
    ...env,
    home: isAbsolute(env.ATELIER_HOME) ? env.ATELIER_HOME : resolve(env.ATELIER_HOME),
    url: (env.ATELIER_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ""),
    gatewayUrl: (env.ATELIER_GATEWAY_URL ?? `http://localhost:${env.GATEWAY_PORT}`).replace(/\/$/, ""),
  };
}
