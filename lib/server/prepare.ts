import { migrateDatabase } from "#db/migrate.ts";
import { prepareFirstAdministrator } from "#lib/auth/first-boot.ts";
import { EnvError, readEnv } from "#lib/core/env.ts";
import { messageOf } from "#lib/core/errors.ts";
import { createServices } from "#lib/services/services.ts";

/**
 * Run once before the processes start: brings the database up to date, makes the bucket, and sees that somebody can sign
 * in. Prints one line of JSON: `{"setupUrl": string | null}`.
 */
async function prepare(): Promise<void> {
  const env = readEnv();
  await migrateDatabase(env.DATABASE_URL);
  const services = createServices({ name: "prepare", env, maxConnections: 2 });
  try {
    await services.store.ensureBucket();
    const { setupUrl } = await prepareFirstAdministrator(services);
    process.stdout.write(`${JSON.stringify({ setupUrl })}\n`);
  } finally {
    await services.close();
  }
}

prepare().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof EnvError ? error.message : `Cannot prepare the studio: ${messageOf(error)}`}\n`,
  );
  process.exitCode = 1;
});
