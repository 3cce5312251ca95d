// Keeps a Postgres and an object store running for tests, so that `npx vitest run one-file` starts at once.
import { startSharedTestServices, stopSharedTestServices } from "./services/test-services.ts";

const [command = "start", postgresPort = "55432", s3Port = "58333"] = process.argv.slice(2);

if (command === "start") {
  const services = await startSharedTestServices({ postgres: Number(postgresPort), s3: Number(s3Port) });
  for (const [name, value] of Object.entries(services.env)) console.log(`export ${name}='${value}'`);
} else if (command === "stop") {
  console.log(
    (await stopSharedTestServices()) ? "Stopped the test services." : "No test services were running.",
  );
} else {
  console.error("usage: node scripts/test-services.ts start [POSTGRES_PORT] [S3_PORT] | stop");
  process.exitCode = 2;
}
process.exit();
