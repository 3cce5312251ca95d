/** The labels of what the runner starts. Names are part of the product: people filter their engine by them. */
export const studioLabel = "atelier.studio";
export const runLabel = "atelier.run";
export const workspaceLabel = "atelier.workspace";
/** Set by the providers themselves. */
export const attemptLabel = "atelier.attempt";
/** On what was started ahead of its launch: when, in UTC milliseconds. */
export const preparedLabel = "atelier.prepared";
/** On a warm worker: which one it is. */
export const workerLabel = "atelier.worker";
/** On a step that only a preview needs: the preview's workspace and key. */
export const previewLabel = "atelier.preview";
