CREATE TABLE "pipeline_endpoint_versions" (
	"endpoint_id" text NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"graph_hash" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pipeline_endpoint_versions_endpoint_id_number_pk" PRIMARY KEY("endpoint_id","number")
);
--> statement-breakpoint
CREATE TABLE "pipeline_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"default_version" integer NOT NULL,
	"last_version" integer NOT NULL,
	"primary_key_hash" text NOT NULL,
	"secondary_key_hash" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pipeline_endpoint_versions" ADD CONSTRAINT "pipeline_endpoint_versions_endpoint_id_pipeline_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."pipeline_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_endpoints" ADD CONSTRAINT "pipeline_endpoints_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pipeline_endpoints_name_key" ON "pipeline_endpoints" USING btree ("workspace_id","name");