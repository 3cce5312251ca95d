/** What a text of a spec points to. Every form keeps the text it was read from. */
export type Ref = AssetRef | DatastoreRef | JobOutputRef | RunRef | UrlRef | GitRef | LocalRef;

export type AssetType =
  | "code"
  | "component"
  | "compute"
  | "data"
  | "datastore"
  | "environment"
  | "job"
  | "model"
  | "schedule"
  | "online_endpoint"
  | "online_deployment"
  | "batch_endpoint"
  | "batch_deployment";

/** Something with a name. Without version and label it is the thing itself, such as a compute target. */
export interface AssetRef {
  kind: "asset";
  text: string;
  name: string;
  /** Known only where the text says it. */
  type?: AssetType;
  version?: string;
  /** `latest` is the version made last, not the highest. */
  label?: string;
  /** The name of the shared registry that holds it; `azureml` is the studio's own. */
  registry?: string;
}

export interface DatastoreRef {
  kind: "datastore";
  text: string;
  datastore: string;
  /** Inside the datastore, without a slash in front; one at the end means a folder. */
  path: string;
}

/** A named output of a run; `artifacts` is the default one. */
export interface JobOutputRef {
  kind: "job_output";
  text: string;
  job: string;
  output: string;
  path: string;
}

/** An artifact of an MLflow run. */
export interface RunRef {
  kind: "run";
  text: string;
  runId: string;
  path: string;
}

export interface UrlRef {
  kind: "url";
  text: string;
  /** `https`, `wasbs`, `abfss`, `s3`, … in lower case. */
  scheme: string;
  url: string;
}

export interface GitRef {
  kind: "git";
  text: string;
  /** Without the `git+` in front. */
  url: string;
}

/** A path beside the file that names it, without the optional `file:` mark. */
export interface LocalRef {
  kind: "local";
  text: string;
  path: string;
}

const plurals: Record<AssetType, string> = {
  code: "codes",
  component: "components",
  compute: "computes",
  data: "data",
  datastore: "datastores",
  environment: "environments",
  job: "jobs",
  model: "models",
  schedule: "schedules",
  online_endpoint: "online_endpoints",
  online_deployment: "online_deployments",
  batch_endpoint: "batch_endpoints",
  batch_deployment: "batch_deployments",
};

const types = new Map(
  Object.entries(plurals).map(([type, plural]) => [plural.replace("_", ""), type as AssetType]),
);

/** The type that a segment such as `environments` or `onlineEndpoints` names. */
export function findAssetType(segment: string): AssetType | undefined {
  return types.get(segment.toLowerCase().replaceAll("_", ""));
}

/** The shortest text that means the same; `parseRef` reads it back to the same fields. */
export function formatRef(ref: Ref): string {
  switch (ref.kind) {
    case "asset":
      return formatAsset(ref);
    case "datastore":
      return `azureml://datastores/${ref.datastore}/paths/${ref.path}`;
    case "job_output":
      return `azureml://jobs/${ref.job}/outputs/${ref.output}/paths/${ref.path}`;
    case "run":
      return `runs:/${ref.runId}${ref.path === "" ? "" : `/${ref.path}`}`;
    case "url":
      return ref.url;
    case "git":
      return `git+${ref.url}`;
    case "local":
      return ref.path;
  }
}

function formatAsset(ref: AssetRef): string {
  if (ref.type !== undefined) {
    const place = ref.registry === undefined ? "" : `registries/${ref.registry}/`;
    const end =
      ref.version !== undefined ? `/versions/${ref.version}` : ref.label ? `/labels/${ref.label}` : "";
    return `azureml://${place}${plurals[ref.type]}/${ref.name}${end}`;
  }
  if (ref.version !== undefined) return `azureml:${ref.name}:${ref.version}`;
  return ref.label === undefined ? `azureml:${ref.name}` : `azureml:${ref.name}@${ref.label}`;
}
