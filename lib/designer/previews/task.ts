import type { AssetSource, RunEnvironment } from "#db/schema/index.ts";
import type { PreviewPlan } from "./plan-preview.ts";

export const previewTask = "preview.compute";
/** With heavy steps in it: those have slots of their own, so that an edit is never shown late because of them. */
export const heavyPreviewTask = "preview.compute_heavy";

/** What is to be computed, and where (`previews.plan`). */
export interface StoredPlan extends PreviewPlan {
  /** What a run gave: it is described as it is, and no step is computed. */
  shown?: { source: AssetSource; name: string; fact: string | null };
  environment: RunEnvironment;
  provider: string;
}
