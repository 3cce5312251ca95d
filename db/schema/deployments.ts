import { boolean, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { endpoints } from "./endpoints.ts";
import type { RunEnvironment } from "./runs.ts";

/** What is asked for behind an endpoint: a model version, its environment, a size. Observed state is in the instances. */
export const deployments = pgTable(
  "deployments",
  {
    id: idColumn(),
    endpointId: text("endpoint_id")
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    workspaceId: text("workspace_id").notNull(),
    name: text("name").notNull(),
    modelVersionId: text("model_version_id").notNull(),
    /** Null: the packages that the model itself asks for. */
    environment: jsonb("environment").$type<RunEnvironment>(),
    provider: text("provider").notNull().default("docker"),
    /** The size as it was asked for; what it means is in `cpus` and `memoryMib`. */
    instanceType: text("instance_type").notNull().default("small"),
    instanceCount: integer("instance_count").notNull().default(1),
    cpus: integer("cpus").notNull().default(1),
    memoryMib: integer("memory_mib").notNull().default(1024),
    requestTimeoutMs: integer("request_timeout_ms").notNull().default(5000),
    maxConcurrentRequestsPerInstance: integer("max_concurrent_requests_per_instance").notNull().default(8),
    maxQueueWaitMs: integer("max_queue_wait_ms").notNull().default(500),
    environmentVariables: jsonb("environment_variables")
      .$type<Record<string, string>>()
      .notNull()
      .default({}),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    description: text("description").notNull().default(""),
    /** Raised by a change that needs new instances; those of an older one go when enough new ones are ready. */
    revision: integer("revision").notNull().default(1),
    allTrafficWhenReady: boolean("all_traffic_when_ready").notNull().default(false),
    /** With all traffic, those that had it go. */
    removeFormerWhenReady: boolean("remove_former_when_ready").notNull().default(false),
    /** Azure's words for how far the wish is met. */
    provisioningState: text("provisioning_state", {
      enum: ["Creating", "Updating", "Succeeded", "Failed", "Deleting"],
    })
      .notNull()
      .default("Creating"),
    /** The step under way, for people: "Installing 41 packages". */
    progress: text("progress").notNull().default(""),
    error: text("error"),
    /** How the image was made, line by line. */
    buildLog: text("build_log").notNull().default(""),
    /** The serving image (`sha256:…`). */
    imageDigest: text("image_digest"),
    /** The OpenAPI document of the running model, as its server gave it. */
    openapi: jsonb("openapi").$type<Record<string, unknown>>(),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    deletingAt: instant("deleting_at"),
  },
  (t) => [uniqueIndex("deployments_name_key").on(t.endpointId, t.name)],
);
