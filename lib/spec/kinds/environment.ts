import { z } from "zod";
import { type CuratedTable, isCuratedRef, matchCurated } from "../curated.ts";
import {
  choice,
  freeText,
  mapping,
  name,
  opaque,
  opt,
  reference,
  tagMap,
  text,
  textList,
  version,
  whole,
} from "../fields.ts";
import { parseRef } from "../parse-ref.ts";
import { isMapping, type SpecPath } from "../paths.ts";
import type { Reporter } from "../report.ts";
import type { KindDefinition, LocalField } from "./kind-definition.ts";

const route = mapping({ path: text, port: whole(1, 65_535) });

/** A conda file by its content; the loader has read it where the spec names a path. */
const condaFile = z
  .unknown()
  .transform((value, ctx) => {
    if (typeof value === "string") {
      const message = `names the file “${value}”, which cannot be read from here. Put its content in its place.`;
      ctx.addIssue({ code: "custom", message });
      return z.NEVER;
    }
    return value;
  })
  .pipe(
    z.looseObject({
      name: opt(freeText),
      channels: opt(textList),
      dependencies: z.array(z.union([text, mapping({ pip: textList })]), {
        error: "must be a list of packages.",
      }),
    }),
  )
  .transform((value) => opaque.parse(value) as CondaFile);

export interface CondaFile {
  name?: string;
  channels?: string[];
  dependencies: (string | { pip: string[] })[];
  [key: string]: unknown;
}

const definition = {
  image: opt(text),
  build: opt(mapping({ path: text, dockerfile_path: text.default("Dockerfile") })),
  /** Packages by conda and pip. Without `image`, on the studio's base image. */
  conda_file: opt(condaFile),
  /** Lines of a requirements file. Not in vendor files: the shortest way to say "these packages". */
  pip_file: opt(textList),
  os_type: choice(["linux", "windows"]).default("linux"),
  inference_config: opt(mapping({ liveness_route: route, readiness_route: route, scoring_route: route })),
  datastore: opt(text),
};

const about = { description: opt(freeText), tags: opt(tagMap), properties: opt(tagMap) };
const shape = { name, version: opt(version), ...about, ...definition };

export const environmentSchema = dropEmptyInference(mapping(shape));
export type EnvironmentSpec = z.output<typeof environmentSchema>;

/** Inside a job or a deployment: name and version may be there, and mean nothing. */
export const inlineEnvironmentSchema = dropEmptyInference(mapping({ ...shape, name: opt(name) }));
export type InlineEnvironment = z.output<typeof inlineEnvironmentSchema>;

const environmentText = reference((ref) => {
  if (ref.kind === "local") {
    const hint = `Write azureml:${ref.path}@latest for a registered one, or file:${ref.path} for a file.`;
    return `“${ref.text}” is no reference. ${hint}`;
  }
  if (ref.kind !== "asset" || (ref.type !== undefined && ref.type !== "environment"))
    return "names no environment.";
  if (ref.version !== undefined || ref.label !== undefined || isCuratedRef(ref)) return undefined;
  return `names no version of “${ref.name}”. Add one, as in azureml:${ref.name}:1 or azureml:${ref.name}@latest.`;
});

/** A reference, or the environment itself. */
export const environmentField = z.union([environmentText, inlineEnvironmentSchema]);
export type EnvironmentField = z.output<typeof environmentField>;

export const environmentKind: KindDefinition<EnvironmentSpec> = {
  schema: environmentSchema,
  keys: Object.keys(shape),
  check: (spec, report) => checkDefinition(spec, [], report),
  toMapping: (spec) => spec,
  localFields: (raw) => environmentLocals(raw, []),
};

export function environmentLocals(raw: unknown, base: SpecPath): LocalField[] {
  if (!isMapping(raw) || !isMapping(raw.build)) return [];
  return [{ path: [...base, "build", "path"], purpose: "build", expects: "folder" }];
}

export function checkEnvironment(
  environment: EnvironmentField,
  path: SpecPath,
  report: Reporter,
  curated: CuratedTable | undefined,
): void {
  if (typeof environment !== "string") {
    checkDefinition(environment, path, report);
    return;
  }
  const ref = parseRef(environment);
  if (ref.kind !== "asset" || !isCuratedRef(ref)) return;
  const match = matchCurated(ref, curated);
  if (!match.found) {
    const near = match.near.length > 0 ? ` There is ${match.near.join(", ")}.` : "";
    report.error(path, `The curated environment “${match.wanted}” has no counterpart here.${near}`);
  } else if (!match.exact) {
    report.warn(path, `“${ref.name}” runs as “${match.name}”, which has the same main packages.`);
  }
}

function checkDefinition(spec: InlineEnvironment, path: SpecPath, report: Reporter): void {
  const sources = [spec.image, spec.build, spec.conda_file, spec.pip_file].filter(
    (source) => source !== undefined,
  );
  if (sources.length === 0) report.error(path, "An environment needs image, build, conda_file or pip_file.");
  if (spec.build && sources.length > 1) {
    const other = spec.image ? "image" : spec.conda_file ? "conda_file" : "pip_file";
    report.error([...path, other], "stands beside build, which makes the whole image. Take one of them out.");
  }
  if (spec.conda_file && spec.pip_file) {
    report.error(
      [...path, "pip_file"],
      "stands beside conda_file. List the packages under its pip key instead.",
    );
  }
  if (spec.os_type === "windows") report.error([...path, "os_type"], "Only linux environments run here.");
}

/** `show` prints an empty mapping where there is no serving configuration. */
function dropEmptyInference<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => {
    if (!isMapping(value) || !isMapping(value.inference_config)) return value;
    if (Object.keys(value.inference_config).length > 0) return value;
    const { inference_config: _, ...rest } = value;
    return rest;
  }, schema);
}
