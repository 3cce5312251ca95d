import { startMlflowServer } from "#lib/mlflow/testing/mlflow-server.ts";

/** The protocol in a process of its own, as it runs in production; tells its parent how to reach it. */
const server = await startMlflowServer();
const { DATABASE_URL: databaseUrl } = server.services.env;
process.send?.({ trackingUri: server.trackingUri, token: server.token, databaseUrl });
process.once("disconnect", () => {
  server.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
