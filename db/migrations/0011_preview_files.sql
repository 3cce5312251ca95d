ALTER TABLE "blobs" ADD COLUMN "transient_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "draft_versions" ADD COLUMN "author_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "draft_versions" SET "author_ids" = ARRAY["author_id"] WHERE "author_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "previews" ADD COLUMN "progress" jsonb;--> statement-breakpoint
ALTER TABLE "trees" ADD COLUMN "transient_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "blobs_transient_idx" ON "blobs" USING btree ("transient_at") WHERE "blobs"."transient_at" is not null;--> statement-breakpoint
CREATE INDEX "trees_transient_idx" ON "trees" USING btree ("transient_at") WHERE "trees"."transient_at" is not null;