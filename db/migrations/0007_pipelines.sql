ALTER TABLE "attempts" ADD COLUMN "priority" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "node_name" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "step_key" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reused_run_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "fact" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "progress" jsonb;--> statement-breakpoint
CREATE INDEX "runs_step_key_idx" ON "runs" USING btree ("workspace_id","step_key") WHERE "runs"."step_key" is not null;