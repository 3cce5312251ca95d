import { type Env, readEnv } from "../../lib/core/env.ts";

export interface StudioSettings {
  env: Env;
  /** Which parts are started here, since no setting names another. */
  embedded: { postgres: boolean; store: boolean };
}

const storeKeys = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];

/** Checks every setting before anything is started; throws an error whose lines each name a variable. */
export function readSettings(source: Record<string, string | undefined>): StudioSettings {
  const embedded = { postgres: !source.DATABASE_URL, store: !source.S3_ENDPOINT };
  const lonely = storeKeys.filter((name) => embedded.store && source[name]);
  if (lonely.length > 0) throw new Error(`S3_ENDPOINT: needed with ${lonely.join(", ")}`);
  const absent = storeKeys.filter((name) => !embedded.store && !source[name]);
  if (absent.length > 0) throw new Error(absent.map((name) => `${name}: needed with S3_ENDPOINT`).join("\n"));
  if (Boolean(source.ATELIER_ADMIN_EMAIL) !== Boolean(source.ATELIER_ADMIN_PASSWORD)) {
    throw new Error("ATELIER_ADMIN_EMAIL and ATELIER_ADMIN_PASSWORD: set both, or neither");
  }
  const env = readEnv({
    ...source,
    // What the embedded parts will have is known once they run; these stand in for the check.
    ...(embedded.postgres ? { DATABASE_URL: "postgres://embedded" } : {}),
    ...(embedded.store
      ? embeddedStoreSettings("http://embedded", { accessKeyId: "-", secretAccessKey: "-" })
      : {}),
  });
  if (env.PORT === env.GATEWAY_PORT) {
    throw new Error(`GATEWAY_PORT: must differ from PORT (${env.PORT}); set it to a free one`);
  }
  return { env, embedded };
}

export function embeddedStoreSettings(
  endpoint: string,
  keys: { accessKeyId: string; secretAccessKey: string },
) {
  return {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: "atelier",
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}
