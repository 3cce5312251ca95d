/** First parts of a path that are not the name of a workspace: the caller names it in a header. */
const unscoped = new Set(["", "api", "ajax-api", "health", "version", "get-artifact", "model-versions"]);
const apiRoots = new Set(["api", "ajax-api"]);

export interface MlflowAddress {
  /** From the path; absent when the caller names the workspace by `X-MLFLOW-WORKSPACE`. */
  workspace?: string;
  /** The path inside the protocol, without prefix and version: `/api/mlflow/runs/create`. */
  path: string;
}

/** The parts of `/mlflow[/<workspace>]/(api|ajax-api)/(2.0|3.0)/…`. The path stays percent-encoded. */
export function readAddress(url: string): MlflowAddress {
  const { pathname } = new URL(url);
  const [, , first = "", ...others] = pathname.replace(/\/+$/, "").split("/");
  const byHeader = unscoped.has(first) && !apiRoots.has(others[0] ?? "");
  const rest = byHeader ? [first, ...others] : others;
  const path = `/${rest.join("/")}`.replace(/^\/(?:ajax-api|api)\/[23]\.0\//, "/api/");
  return byHeader ? { path } : { workspace: decode(first), path };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
