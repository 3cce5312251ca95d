import { bigint, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { deployments } from "./deployments.ts";

/** One running copy of a deployment, as observed. The gateway sends requests to the `ready` ones. */
export const deploymentInstances = pgTable(
  "deployment_instances",
  {
    id: idColumn(),
    deploymentId: text("deployment_id")
      .notNull()
      .references(() => deployments.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    /** The revision of its deployment that it was started from. */
    revision: integer("revision").notNull().default(1),
    state: text("state", { enum: ["starting", "ready", "unhealthy", "draining", "stopped"] }).notNull(),
    handle: jsonb("handle").$type<unknown>(),
    /** `host:port` as the gateway reaches it. */
    address: text("address"),
    reason: text("reason").notNull().default(""),
    /** The last that it wrote, kept after its container is gone; and how many bytes of its output were read. */
    log: text("log").notNull().default(""),
    logBytes: bigint("log_bytes", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    readyAt: instant("ready_at"),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [index("deployment_instances_deployment_idx").on(t.deploymentId)],
);
