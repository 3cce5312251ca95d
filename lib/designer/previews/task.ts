import type { RunEnvironment } from "#db/schema/index.ts";
import type { PreviewPlan } from "./plan-preview.ts";

export const previewTask = "preview.compute";

/** What is to be computed, and where (`previews.plan`). */
export interface StoredPlan extends PreviewPlan {
  environment: RunEnvironment;
  provider: string;
}
