import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { assetVersions } from "./asset-versions.ts";
import { assets } from "./assets.ts";

/** A movable name for a version (`azureml:name@label`); MLflow calls it an alias. `latest` is computed, not kept. */
export const assetLabels = pgTable(
  "asset_labels",
  {
    assetId: text("asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "cascade" }),
    label: text("label").notNull(),
    versionId: text("version_id")
      .notNull()
      .references(() => assetVersions.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.assetId, t.label] })],
);
