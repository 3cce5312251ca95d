import { pino } from "pino";
import { connectDatabase } from "#db/client.ts";
import { startGateway } from "#lib/gateway/gateway.ts";

/** The gateway in a process of its own, as it runs in production; tells its parent the port. */
const client = connectDatabase(process.argv[2] ?? "", { max: 3 });
const services = { db: client.db, sql: client.sql, logger: pino({ level: "warn" }) };
const gateway = await startGateway(services, { addresses: ["127.0.0.1"], port: 0 });
process.send?.({ port: gateway.port });
