import { EnvError, readEnv } from "#lib/core/env.ts";
import { messageOf } from "#lib/core/errors.ts";
import { listenAddresses } from "#lib/core/listen.ts";
import { createServices } from "#lib/services/services.ts";
import { startGateway } from "./gateway.ts";

/** The gateway process: model endpoints at `/e/<workspace>/<endpoint>`. */
async function main(): Promise<void> {
  const env = readEnv();
  const services = createServices({ name: "gateway", env, maxConnections: 4 });
  const gateway = await startGateway(services, {
    addresses: listenAddresses(env.ATELIER_LISTEN),
    port: env.GATEWAY_PORT,
  });
  services.logger.info({ url: env.gatewayUrl }, "gateway is ready");
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    gateway
      .close()
      .then(() => services.close())
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof EnvError ? error.message : `gateway stopped: ${messageOf(error)}`}\n`,
  );
  process.exit(1);
});
