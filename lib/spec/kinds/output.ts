import { z } from "zod";
import { findWholeExpression } from "../expressions.ts";
import { choice, freeText, mapping, name, opt, refProblem, text, version } from "../fields.ts";
import { isMapping } from "../paths.ts";
import { findScalarText } from "../written.ts";
import {
  isLiteralType,
  type LiteralType,
  literalTypes,
  type OutputMode,
  outputModes,
  outputModesOf,
  type PortType,
  portTypes,
} from "./data-types.ts";
import { modeMessage } from "./input.ts";

export interface JobOutput {
  /** Of a literal type: one value, which the command writes to a file. */
  type: PortType | LiteralType;
  mode: OutputMode;
  /** A datastore address, maybe with `${{name}}`, `${{output_name}}`, `${{default_datastore}}`; absent = made up. */
  path?: string;
  /** Registers the output under this name when the run completes. */
  name?: string;
  version?: string;
  description?: string;
}

const described = mapping({
  type: choice([...portTypes, ...literalTypes]).default("uri_folder"),
  mode: choice(outputModes).default("rw_mount"),
  path: opt(text),
  name: opt(name),
  version: opt(version),
  description: opt(freeText),
});

const valueIsNotRegistered = "stands at a value, and only files are registered under a name.";

const known = /^(name|output_name|default_datastore)$/;

export const jobOutput = z
  .preprocess((raw) => {
    if (raw === null || raw === undefined) return {};
    const output = isMapping(raw) && isWritten(raw) ? withoutPath(raw) : raw;
    return isMounted(output) ? { ...output, mode: "rw_mount" } : output;
  }, described)
  .superRefine((output, ctx) => {
    if (output.name !== undefined && isLiteralType(output.type)) {
      ctx.addIssue({ code: "custom", path: ["name"], message: valueIsNotRegistered });
    }
    const allowed = outputModesOf(output.type);
    if (!allowed.includes(output.mode)) {
      ctx.addIssue({
        code: "custom",
        path: ["mode"],
        message: modeMessage(output.type, output.mode, allowed),
      });
    }
    if (output.version !== undefined && output.name === undefined) {
      ctx.addIssue({
        code: "custom",
        path: ["version"],
        message: "needs a name beside it, which it is the version of.",
      });
    }
    const problem = output.path === undefined ? undefined : outputPathProblem(output.path);
    if (problem !== undefined) ctx.addIssue({ code: "custom", path: ["path"], message: problem });
  });

/** The outputs of a job. What `show` printed loads again, so the default output, which every run has, is left out. */
export const jobOutputs = z
  .preprocess(
    (raw) =>
      isMapping(raw)
        ? Object.fromEntries(
            Object.entries(raw).filter(
              ([name, item]) => name !== "default" || !isMapping(item) || !isWritten(item),
            ),
          )
        : raw,
    z.record(z.string(), jobOutput, { error: "must be a mapping of names to outputs." }),
  )
  .default({});

/** Whether its path tells where a run wrote it, as `show` prints, and not where one is to write it. */
function isWritten(raw: Record<string, unknown>): boolean {
  return /^azureml:\/\/jobs\//.test(findScalarText(raw.path) ?? "");
}

function withoutPath({ path: _, value: __, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

function outputPathProblem(path: string): string | undefined {
  if (findWholeExpression(path)?.root === "parent")
    return "Bindings stand in pipelines only. Give a datastore address.";
  const filled = path.replace(/\$\{\{\s*(\w+)\s*\}\}/g, (raw, root: string) =>
    known.test(root) ? "x" : raw,
  );
  if (filled.includes("${{")) return "may hold the expressions name, output_name and default_datastore only.";
  return refProblem(filled, (ref) =>
    ref.kind === "datastore" || ref.kind === "url"
      ? undefined
      : "must be a datastore address, such as azureml://datastores/workspaceblobstore/paths/results/.",
  );
}

function isMounted(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && "mode" in raw && raw.mode === "mount";
}
