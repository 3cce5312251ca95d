import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** The venv or image of one environment digest on one engine; shared by all workspaces, since content decides. */
export const environmentBuilds = pgTable(
  "environment_builds",
  {
    digest: text("digest").notNull(),
    kind: text("kind", { enum: ["venv", "image"] }).notNull(),
    status: text("status", { enum: ["building", "ready", "failed"] }).notNull(),
    /** The image id (`sha256:…`) or the folder of the venv. */
    reference: text("reference"),
    lock: text("lock").notNull().default(""),
    log: text("log").notNull().default(""),
    error: text("error"),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [primaryKey({ columns: [t.digest, t.kind] })],
);
