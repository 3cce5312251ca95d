import { invalid } from "#lib/core/errors.ts";
import { type AssetRef, findAssetType, type Ref } from "./ref.ts";

const scheme = /^([a-z][a-z0-9+.-]+):\/\//i;

/**
 * Reads any reference of a spec: `azureml:` names and ids, datastore and job output addresses, MLflow run artifacts,
 * URLs, git addresses; every other text is a local path. Subscription, group and location are read and left out.
 * Throws `VALIDATION_FAILED` for an empty text and for an `azureml:` or `runs:` form that is not complete.
 */
export function parseRef(text: string): Ref {
  const trimmed = text.trim();
  if (trimmed === "") throw invalid("", "A reference is empty.", text);
  if (/^\/subscriptions\/[^/]+\/resource/i.test(trimmed)) return parseSegments(text, trimmed);
  if (trimmed.startsWith("azureml:")) return parseAzureml(text, trimmed.slice("azureml:".length));
  if (trimmed.startsWith("runs:/")) return parseRun(text, trimmed.slice("runs:/".length));
  if (/^git\+(https?|ssh):\/\//i.test(trimmed))
    return { kind: "git", text, url: trimmed.slice("git+".length) };
  const match = scheme.exec(trimmed);
  if (match && !/^file:/i.test(trimmed)) {
    return { kind: "url", text, scheme: (match[1] ?? "").toLowerCase(), url: trimmed };
  }
  const path = trimmed.replace(/^file:(\/\/(?=\/))?/i, "");
  if (path === "") throw invalid("", `“${text}” names no file.`, text);
  return { kind: "local", text, path };
}

function parseAzureml(text: string, rest: string): Ref {
  if (rest.startsWith("//") || /^\/subscriptions\//i.test(rest)) return parseSegments(text, rest);
  const nested = scheme.exec(rest);
  if (nested) return { kind: "url", text, scheme: (nested[1] ?? "").toLowerCase(), url: rest };
  const colon = rest.indexOf(":");
  if (colon >= 0) return asset(text, rest.slice(0, colon), { version: rest.slice(colon + 1) });
  const at = rest.lastIndexOf("@");
  if (at >= 0) return asset(text, rest.slice(0, at), { label: rest.slice(at + 1) });
  return asset(text, rest, {});
}

/** `/subscriptions/…` and `//…`: pairs that say where it lies come first, then what it is. */
function parseSegments(text: string, rest: string): Ref {
  const segments = rest.replace(/^\/+/, "").split("/");
  let registry: string | undefined;
  for (;;) {
    const head = segments[0]?.toLowerCase() ?? "";
    if (head === "registries" || head === "feeds") registry = segments[1];
    else if (!/^(subscriptions|resourcegroups|providers|workspaces|locations)$/.test(head)) break;
    segments.splice(0, 2);
  }
  const [noun = "", name = "", part = "", value = "", ...tail] = segments;
  const word = part.toLowerCase();
  if (noun.toLowerCase() === "datastores" && word === "paths") {
    if (name === "") throw incomplete(text, "a datastore");
    return { kind: "datastore", text, datastore: name, path: [value, ...tail].join("/") };
  }
  if (noun.toLowerCase() === "jobs" && word === "outputs") {
    if (name === "" || value === "") throw incomplete(text, "a run and an output");
    const path = tail[0]?.toLowerCase() === "paths" ? tail.slice(1).join("/") : "";
    return { kind: "job_output", text, job: name, output: value, path };
  }
  const type = findAssetType(noun);
  if (!type) throw invalid("", `“${text}” names no type that is known here: “${noun}”.`, text);
  const place = { type, ...(registry === undefined ? {} : { registry }) };
  if (word === "deployments" && value !== "") {
    const deployment = type === "batch_endpoint" ? "batch_deployment" : "online_deployment";
    return asset(text, value, { ...place, type: deployment });
  }
  // The last segment may be missing, then the name alone is meant.
  if (part === "" || value === "") return asset(text, name, place);
  if (word === "versions") return asset(text, name, { ...place, version: value });
  if (word === "labels") return asset(text, name, { ...place, label: value });
  throw invalid("", `“${text}” has “${part}” where versions or labels were expected.`, text);
}

function parseRun(text: string, rest: string): Ref {
  const [runId = "", ...path] = rest.replace(/^\/+/, "").split("/");
  if (runId === "") throw incomplete(text, "a run");
  return { kind: "run", text, runId, path: path.join("/") };
}

function asset(text: string, name: string, more: Partial<AssetRef>): AssetRef {
  if (name === "") throw incomplete(text, "a name");
  if (more.version === "") throw incomplete(text, "a version after the colon");
  if (more.label === "") throw incomplete(text, "a label after the @");
  return { ...more, kind: "asset", text, name };
}

function incomplete(text: string, what: string) {
  return invalid("", `“${text}” lacks ${what}.`, text);
}
