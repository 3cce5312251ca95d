import { AppError, type Issue } from "#lib/core/errors.ts";
import { findAt, formatPath, isMapping, type SpecPath } from "./paths.ts";
import { readYaml } from "./read-yaml.ts";
import { dropSpots, locate, type Spots, spotKey } from "./spots.ts";
import { plain } from "./written.ts";

/** A file as it was written: its raw mapping, and where each value stands. The raw mapping may be edited in place. */
export interface SpecDocument {
  fileName: string;
  raw: Record<string, unknown>;
  spots: Spots;
  warnings: Issue[];
}

/** Reads the text of one spec. Throws `VALIDATION_FAILED` with `file:line` when it is no mapping in YAML. */
export function readDocument(text: string, fileName: string): SpecDocument {
  const { value, spots, warnings } = readYaml(text, fileName);
  if (!isMapping(value)) {
    const message = `${fileName} must hold keys and values, such as “command: python train.py”.`;
    throw new AppError("VALIDATION_FAILED", {
      userMessage: message,
      issues: [{ path: "", message, location: locate(spots, []) ?? fileName }],
    });
  }
  return { fileName, raw: value, spots, warnings };
}

/** A document made of a value that never was a file, such as the body of a request. Its errors have no line. */
export function documentOf(raw: Record<string, unknown>): SpecDocument {
  return { fileName: "", raw: copyMapping(raw), spots: new Map(), warnings: [] };
}

/** One thing wrong with the value at a path, or with a piece of its text, with its place in the file. */
export function issueAt(
  document: SpecDocument,
  path: SpecPath,
  message: string,
  needle?: { text: string; nth: number },
): Issue {
  const value = needle?.text ?? plain(findAt(document.raw, path));
  const location = locate(document.spots, path, needle);
  return {
    path: formatPath(path),
    message,
    ...(value === undefined ? {} : { value }),
    ...(location === undefined ? {} : { location }),
  };
}

/** Puts what another file holds at a path of this one; errors inside name that file and its lines. */
export function graft(document: SpecDocument, path: SpecPath, value: unknown, spots: Spots): void {
  setRaw(document.raw, path, value);
  dropSpots(document.spots, path);
  for (const [key, spot] of spots) {
    document.spots.set(spotKey([...path, ...(JSON.parse(key) as SpecPath)]), spot);
  }
}

/** Sets a value in the raw mapping. Makes missing mappings on the way; every index must exist. */
export function setRaw(root: Record<string, unknown>, path: SpecPath, value: unknown): void {
  let holder: Record<string, unknown> | unknown[] = root;
  path.forEach((step, depth) => {
    const last = depth === path.length - 1;
    if (Array.isArray(holder)) {
      if (typeof step !== "number" || step >= holder.length)
        throw new RangeError(formatPath(path.slice(0, depth + 1)));
      if (last) holder[step] = value;
    } else {
      if (typeof step === "number") throw new RangeError(formatPath(path.slice(0, depth + 1)));
      if (last) holder[step] = value;
      else if (!Object.hasOwn(holder, step) || holder[step] === null) holder[step] = {};
    }
    if (last) return;
    const next: unknown = Array.isArray(holder) ? holder[Number(step)] : holder[step];
    if (!Array.isArray(next) && !isMapping(next)) throw new RangeError(formatPath(path.slice(0, depth + 1)));
    holder = next;
  });
}

function copyMapping(raw: Record<string, unknown>): Record<string, unknown> {
  const copy = plain(raw);
  return isMapping(copy) ? copy : {};
}
