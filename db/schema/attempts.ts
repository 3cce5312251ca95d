import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { runs } from "./runs.ts";

/** One try at a run: the unit that is claimed, leased and fenced. */
export const attempts = pgTable(
  "attempts",
  {
    id: idColumn(),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    workspaceId: text("workspace_id").notNull(),
    number: integer("number").notNull(),
    /** `queued`, `claimed` by a runner, or `ended`. The run's status says how far it is. */
    state: text("state", { enum: ["queued", "claimed", "ended"] })
      .notNull()
      .default("queued"),
    provider: text("provider").notNull(),
    /** Higher goes first: how much of a pipeline waits behind this step. */
    priority: doublePrecision("priority").notNull().default(0),
    /** Raised at each claim; a write that carries an older one changes nothing. */
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    leaseOwner: text("lease_owner"),
    leaseExpiresAt: instant("lease_expires_at"),
    /** The provider's own, opaque. */
    handle: jsonb("handle").$type<unknown>(),
    logSizeBytes: bigint("log_size_bytes", { mode: "number" }).notNull().default(0),
    exitCode: integer("exit_code"),
    outcome: text("outcome"),
    createdAt: createdAt(),
    /** A try after a lost one waits a little. */
    notBefore: instant("not_before"),
    launchedAt: instant("launched_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("attempts_number_key").on(t.runId, t.number),
    index("attempts_claim_idx").on(t.state, t.leaseExpiresAt),
  ],
);
