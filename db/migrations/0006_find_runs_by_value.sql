DROP INDEX "params_key_idx";--> statement-breakpoint
DROP INDEX "run_tags_key_idx";--> statement-breakpoint
CREATE INDEX "params_value_idx" ON "params" USING btree ("key",left("value", 200));--> statement-breakpoint
CREATE INDEX "run_tags_value_idx" ON "run_tags" USING btree ("key",left("value", 200));