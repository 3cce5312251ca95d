import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
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
    state: text("state", { enum: ["starting", "ready", "unhealthy", "draining", "stopped"] }).notNull(),
    handle: jsonb("handle").$type<unknown>(),
    /** `host:port` as the gateway reaches it. */
    address: text("address"),
    reason: text("reason").notNull().default(""),
    createdAt: createdAt(),
    readyAt: instant("ready_at"),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [index("deployment_instances_deployment_idx").on(t.deploymentId)],
);
