import type { Database } from "#db/client.ts";
import { AppError, invalid, isAppError } from "#lib/core/errors.ts";
import { type Submitter, submitRun } from "#lib/runs/commands/submit-run.ts";
import type { RunRow } from "#lib/runs/transition.ts";
import { isLiteralType } from "#lib/spec/kinds/data-types.ts";
import { isMapping } from "#lib/spec/paths.ts";
import { readYaml } from "#lib/spec/read-yaml.ts";
import { plain } from "#lib/spec/written.ts";
import { endpointTag, type Trigger, versionTag } from "./model.ts";
import { getVersion, type PipelineEndpointRow } from "./queries.ts";

/** Starts a run of a version with the given inputs. An input that it does not have is a 400 that names it. */
export async function submitVersion(
  db: Database,
  endpoint: PipelineEndpointRow,
  by: Submitter,
  { inputs, version, experimentName, displayName }: Trigger,
): Promise<RunRow> {
  const { number, text } = await getVersion(db, endpoint, version ?? endpoint.defaultVersion);
  const { value } = readYaml(text, `${endpoint.name}.yml`);
  const known = isMapping(value) && isMapping(value.inputs) ? value.inputs : {};
  const set = Object.entries(inputs).map(([name, given]) => {
    if (!(name in known)) {
      const names = Object.keys(known).join(", ") || "none";
      throw invalid(`inputs.${name}`, `is no input of version ${number}; it has: ${names}`, given);
    }
    const at = isData(known[name]) ? `inputs.${name}.path` : `inputs.${name}`;
    return `${at}=${JSON.stringify(given)}`;
  });
  set.push(
    `tags.${endpointTag}=${JSON.stringify(endpoint.name)}`,
    `tags.${versionTag}=${JSON.stringify(String(number))}`,
  );
  set.push(`experiment_name=${JSON.stringify(experimentName ?? endpoint.name)}`);
  if (displayName !== undefined) set.push(`display_name=${JSON.stringify(displayName)}`);
  try {
    return await submitRun(db, endpoint.workspaceId, by, {
      spec: text,
      fileName: `${endpoint.name}.yml`,
      set,
    });
  } catch (error) {
    throw isAppError(error) ? inWordsOfCaller(error, value, inputs) : error;
  }
}

/** An input that is described, and not as a value, is data: the caller gives its address. */
function isData(known: unknown): boolean {
  return isMapping(known) && ("path" in known || !isLiteralType(String(plain(known.type) ?? "uri_folder")));
}

/** A fault at a step that reads an input of the call is one of that input: the caller does not know the steps. */
function inWordsOfCaller(error: AppError, spec: unknown, inputs: Trigger["inputs"]): AppError {
  const issues = error.issues.map((issue) => {
    const bound = /^\$\{\{\s*parent\.inputs\.(\w+)\s*\}\}$/.exec(String(valueAt(spec, issue.path)))?.[1];
    return bound !== undefined && bound in inputs ? { ...issue, path: `inputs.${bound}` } : issue;
  });
  return new AppError(error.code, {
    userMessage: error.userMessage,
    issues,
    details: error.details,
    cause: error,
  });
}

function valueAt(spec: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((here, key) => (isMapping(here) ? here[key] : undefined), spec);
}
