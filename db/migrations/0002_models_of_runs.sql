CREATE TYPE "public"."model_direction" AS ENUM('input', 'output');--> statement-breakpoint
CREATE TABLE "logged_model_metrics" (
	"model_id" text NOT NULL,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"dataset_name" text DEFAULT '' NOT NULL,
	"dataset_digest" text DEFAULT '' NOT NULL,
	"step" bigint NOT NULL,
	"timestamp" bigint NOT NULL,
	"value" double precision NOT NULL,
	"is_nan" boolean DEFAULT false NOT NULL,
	CONSTRAINT "logged_model_metrics_pk" PRIMARY KEY("model_id","run_id","key","dataset_name","dataset_digest")
);
--> statement-breakpoint
CREATE TABLE "run_models" (
	"run_id" text NOT NULL,
	"direction" "model_direction" NOT NULL,
	"model_id" text NOT NULL,
	"step" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "run_models_run_id_direction_model_id_pk" PRIMARY KEY("run_id","direction","model_id")
);
--> statement-breakpoint
ALTER TABLE "logged_model_metrics" ADD CONSTRAINT "logged_model_metrics_model_id_logged_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."logged_models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logged_model_metrics" ADD CONSTRAINT "logged_model_metrics_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_models" ADD CONSTRAINT "run_models_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_models" ADD CONSTRAINT "run_models_model_id_logged_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."logged_models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "logged_model_metrics_run_idx" ON "logged_model_metrics" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "run_models_model_idx" ON "run_models" USING btree ("model_id");