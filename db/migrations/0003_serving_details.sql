ALTER TABLE "deployment_instances" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment_instances" ADD COLUMN "log" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment_instances" ADD COLUMN "log_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "environment" jsonb;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "instance_type" text DEFAULT 'small' NOT NULL;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "all_traffic_when_ready" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "build_log" text DEFAULT '' NOT NULL;