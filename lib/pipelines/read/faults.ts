import { issueAt, type SpecDocument } from "#lib/spec/document.ts";
import type { SpecPath } from "#lib/spec/paths.ts";
import type { Fault } from "../model.ts";

export interface FaultPlace {
  node?: string;
  port?: string;
  parameter?: string;
}

/** Gathers faults, each with its place in the document when there is one. */
export class FaultList {
  readonly items: Fault[] = [];
  readonly #document: SpecDocument | null;

  constructor(document: SpecDocument | null) {
    this.#document = document;
  }

  error(path: SpecPath, message: string, place: FaultPlace = {}): void {
    this.#add(path, message, place, "error");
  }

  warn(path: SpecPath, message: string, place: FaultPlace = {}): void {
    this.#add(path, message, place, "warning");
  }

  #add(path: SpecPath, message: string, place: FaultPlace, severity: Fault["severity"]): void {
    const empty: SpecDocument = { fileName: "", raw: {}, spots: new Map(), warnings: [] };
    const { path: written, location } = issueAt(this.#document ?? empty, path, message);
    this.items.push({
      ...place,
      path: written,
      message,
      severity,
      ...placeOf(location, this.#document?.fileName),
    });
  }
}

/** The line counts in the main file only; others are named by their location. */
export function placeOf(
  location: string | undefined,
  mainFile: string | undefined,
): Pick<Fault, "line" | "location"> {
  if (location === undefined) return {};
  const [, file, line] = /^(.*):(\d+)$/.exec(location) ?? [];
  return { location, ...(line !== undefined && file === mainFile ? { line: Number(line) } : {}) };
}
