import { AppError, type Issue } from "#lib/core/errors.ts";
import { detectKind } from "./detect-kind.ts";
import { documentOf, issueAt, readDocument, type SpecDocument } from "./document.ts";
import type { CheckOptions, KindDefinition } from "./kinds/kind-definition.ts";
import { type SpecByKind, type SpecKind, specKinds } from "./kinds/registry.ts";
import { parseRef } from "./parse-ref.ts";
import { findAt } from "./paths.ts";
import { applyFlags, applySet } from "./set-values.ts";
import { checkDocument, invalidSpec } from "./validate.ts";

export interface LoadOptions<Kind extends SpecKind = SpecKind> extends CheckOptions {
  /** Found out from the file where it is not given. */
  kind?: Kind;
  /** `a.b[0].c=value`, applied in order. */
  set?: readonly string[];
  /** Top-level keys that win over the file, under their names in the file (`endpoint_name`). */
  flags?: Record<string, unknown>;
}

export interface LoadTextOptions<Kind extends SpecKind = SpecKind> extends LoadOptions<Kind> {
  /** How errors name the text. */
  fileName?: string;
}

export interface LoadedSpec<Kind extends SpecKind = SpecKind> {
  kind: Kind;
  spec: SpecByKind[Kind];
  /** The `$schema` of the file, for a dump. */
  schemaUrl?: string;
  warnings: Issue[];
  /** What it was read from, for checks that follow and want to name lines. */
  document: SpecDocument;
}

/**
 * Reads a spec from text that has no files beside it, as a server or a browser gets it: everything it points to must
 * be a reference already. Throws `VALIDATION_FAILED` with every issue and its `file:line`.
 */
export function loadSpecText<Kind extends SpecKind>(
  text: string,
  options: LoadTextOptions<Kind> = {},
): LoadedSpec<Kind> {
  return loadRemote(readDocument(text, options.fileName ?? "spec.yml"), options);
}

/** The same for a mapping, such as the body of a request. Its issues have a path and no line. */
export function loadSpecValue<Kind extends SpecKind>(
  raw: Record<string, unknown>,
  options: LoadOptions<Kind> = {},
): LoadedSpec<Kind> {
  return loadRemote(documentOf(raw), options);
}

/** Flags and `--set` on the raw mapping, then its kind. `--set type=…` may change it. */
export function prepareDocument<Kind extends SpecKind>(
  document: SpecDocument,
  options: LoadOptions<Kind>,
): Kind {
  applyFlags(document, options.flags ?? {});
  const issues = applySet(document, options.set ?? []);
  if (issues.length > 0) throw invalidSpec(issues);
  const kind = options.kind ?? detectKind(document.raw);
  if (!kind) {
    const known = Object.keys(specKinds).join(", ");
    throw invalidSpec([issueAt(document, [], `The file does not say what it is. Give its kind: ${known}.`)]);
  }
  // Without a kind in the options, the caller's `Kind` is the union of all.
  return kind as Kind;
}

/** Checks a prepared document, adds what the caller found, and gives the spec or throws all issues in line order. */
export function finishLoad<Kind extends SpecKind>(
  document: SpecDocument,
  kind: Kind,
  options: LoadOptions<Kind>,
  found: Issue[],
): LoadedSpec<Kind> {
  const checked = checkDocument(document, kind, options);
  // What the caller found says more about a path than the schema, which sees text where a file could not be read.
  const explained = new Set(found.map((issue) => issue.path));
  const own = checked.ok ? [] : checked.errors.filter((issue) => !explained.has(issue.path));
  const errors = [...own, ...found];
  if (!checked.ok || errors.length > 0) throw invalidSpec(inOrder(errors));
  const { $schema: schemaUrl } = document.raw;
  return {
    kind,
    spec: checked.spec,
    ...(typeof schemaUrl === "string" ? { schemaUrl } : {}),
    warnings: inOrder(checked.warnings),
    document,
  };
}

/** The fields of a document that hold a local path. */
export function findLocalFields(document: SpecDocument, kind: SpecKind) {
  const definition: KindDefinition<SpecByKind[SpecKind]> = specKinds[kind] as KindDefinition<
    SpecByKind[SpecKind]
  >;
  return (definition.localFields?.(document.raw) ?? []).flatMap((field) => {
    const text = findAt(document.raw, field.path);
    if (typeof text !== "string" || text.includes("${{")) return [];
    try {
      const ref = parseRef(text);
      return ref.kind === "local" ? [{ ...field, text, localPath: ref.path }] : [];
    } catch (error) {
      // A malformed reference is reported by the schema, with its line.
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}

function loadRemote<Kind extends SpecKind>(
  document: SpecDocument,
  options: LoadOptions<Kind>,
): LoadedSpec<Kind> {
  const kind = prepareDocument(document, options);
  const found = findLocalFields(document, kind).map((field) =>
    issueAt(
      document,
      field.path,
      `names “${field.text}” on your machine, which cannot be read from here. Upload it first.`,
    ),
  );
  return finishLoad(document, kind, options, found);
}

/** By file, in the order the files come up, and by line inside each. */
function inOrder(issues: Issue[]): Issue[] {
  const placed = issues.map((issue) => {
    const [, file = issue.location ?? "", line = "0"] = /^(.*):(\d+)$/.exec(issue.location ?? "") ?? [];
    return { issue, file, line: Number(line) };
  });
  const files = [...new Set(placed.map(({ file }) => file))];
  placed.sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line);
  return placed.map(({ issue }) => issue);
}
