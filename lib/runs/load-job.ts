import { type Issue, invalid } from "#lib/core/errors.ts";
import type { SpecDocument } from "#lib/spec/document.ts";
import type { CommandJobSpec } from "#lib/spec/kinds/command-job.ts";
import type { JobSpec } from "#lib/spec/kinds/job.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";
import { findAt, isMapping } from "#lib/spec/paths.ts";
import { readYaml } from "#lib/spec/read-yaml.ts";
import type { NewRun, Upload } from "./model.ts";
import { codeUri, uploadUri } from "./uploads.ts";

export interface LoadedJob<Spec extends JobSpec = CommandJobSpec> {
  spec: Spec;
  /** As it was sent, when it was sent as text. */
  specText: string | null;
  warnings: Issue[];
  /** Inputs whose type stands in the file; the others take that of what they name. */
  typedInputs: ReadonlySet<string>;
  /** What it was read from, for checks that name lines. */
  document: SpecDocument;
}

/** Checks a job as it was sent, uploads in place of its local paths. Throws `VALIDATION_FAILED` with every issue. */
export function loadJob(given: NewRun): LoadedJob<JobSpec> {
  const uploads = Object.entries(given.uploads ?? {});
  const raw = typeof given.spec === "string" ? readYaml(given.spec, fileNameOf(given)).value : given.spec;
  const options = {
    kind: "job" as const,
    set: [
      ...uploads.map(([name, item]) =>
        isStepPath(name)
          ? setStep(name, item)
          : isMapping(findAt(raw, ["inputs", name]))
            ? `inputs.${name}.path=${JSON.stringify(uploadUri(item))}`
            : `inputs.${name}=${JSON.stringify({ type: "digest" in item ? "uri_folder" : "uri_file", path: uploadUri(item) })}`,
      ),
      ...(given.set ?? []),
    ],
    ...(given.code ? { flags: { code: codeUri(given.code) } } : {}),
  };
  const loaded =
    typeof given.spec === "string"
      ? loadSpecText(given.spec, { ...options, fileName: fileNameOf(given) })
      : loadSpecValue(given.spec, options);
  const inputs = findAt(raw, ["inputs"]);
  const typed = Object.entries(isMapping(inputs) ? inputs : {}).filter(
    ([, input]) => isMapping(input) && input.type !== undefined,
  );
  const setTypes = (given.set ?? []).flatMap((item) => /^inputs\.([^.]+)\.type=/.exec(item)?.[1] ?? []);
  return {
    spec: loaded.spec,
    specText: typeof given.spec === "string" ? given.spec : null,
    warnings: loaded.warnings,
    document: loaded.document,
    typedInputs: new Set([...typed.map(([name]) => name), ...setTypes]),
  };
}

/** `jobs.train` or `jobs.train.code`: the code of a step. `jobs.train.inputs.data`: one of its inputs. */
function isStepPath(name: string): boolean {
  return /^(jobs|component)\./.test(name);
}

function setStep(name: string, item: Upload): string {
  if (/\.inputs\.[\w.]+$/.test(name)) {
    const type = "digest" in item ? "uri_folder" : "uri_file";
    return `${name}=${JSON.stringify({ type, path: uploadUri(item) })}`;
  }
  if (!("digest" in item)) throw invalid(`uploads.${name}`, "must be a folder: code is one.");
  return `${name.endsWith(".code") ? name : `${name}.code`}=${JSON.stringify(codeUri(item.digest))}`;
}

function fileNameOf(given: NewRun): string {
  return given.fileName ?? "job.yml";
}
