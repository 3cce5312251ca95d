import { index, jsonb, pgEnum, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { AssetSource } from "./asset-versions.ts";
import { runs } from "./runs.ts";

export const portDirection = pgEnum("port_direction", ["input", "output"]);

/** A named input or output of a run, and what it was bound to. An output has a source once the run has ended. */
export const runPorts = pgTable(
  "run_ports",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    direction: portDirection("direction").notNull(),
    name: text("name").notNull(),
    type: text("type").notNull(),
    mode: text("mode").notNull().default(""),
    /** The text of a literal input. */
    value: text("value"),
    assetVersionId: text("asset_version_id"),
    source: jsonb("source").$type<AssetSource>(),
    /** As the job names it: `azureml:bank:1`, a path, an address. */
    uri: text("uri").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.direction, t.name] }),
    index("run_ports_asset_idx").on(t.assetVersionId),
  ],
);
