/** Where things are in the object store. Everything of a workspace is below its id. */

export function blobKey(workspaceId: string, sha256: string): string {
  return `${workspaceId}/blobs/${sha256.slice(0, 2)}/${sha256}`;
}

/** Everything a run wrote by path: MLflow artifacts, `outputs/`, `user_logs/`, `system_logs/`. */
export function runArtifactsPrefix(workspaceId: string, runName: string): string {
  return `${workspaceId}/runs/${runName}/artifacts/`;
}

/** The files of a model that MLflow 3 logged. */
export function loggedModelPrefix(workspaceId: string, modelId: string): string {
  return `${workspaceId}/models/${modelId}/artifacts/`;
}

/** The files of one registered version of a model, copied from where a run could still change them. */
export function modelVersionPrefix(workspaceId: string, copyId: string): string {
  return `${workspaceId}/model-versions/${copyId}/`;
}
