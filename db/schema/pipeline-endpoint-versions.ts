import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { pipelineEndpoints } from "./pipeline-endpoints.ts";

/** One published pipeline. Its text never changes; the versions in it were fixed when it was published. */
export const pipelineEndpointVersions = pgTable(
  "pipeline_endpoint_versions",
  {
    endpointId: text("endpoint_id")
      .notNull()
      .references(() => pipelineEndpoints.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    text: text("text").notNull(),
    graphHash: text("graph_hash").notNull(),
    note: text("note").notNull().default(""),
    createdBy: text("created_by"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.endpointId, t.number] })],
);
