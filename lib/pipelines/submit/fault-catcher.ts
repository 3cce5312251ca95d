import { isAppError } from "#lib/core/errors.ts";
import type { SpecDocument } from "#lib/spec/document.ts";
import { parsePath } from "#lib/spec/paths.ts";
import type { Fault } from "../model.ts";
import { FaultList, type FaultPlace } from "../read/faults.ts";

/** Gathers what goes wrong while a pipeline is resolved, so that one answer names all of it. */
export class FaultCatcher {
  readonly #list: FaultList;

  constructor(document: SpecDocument | null) {
    this.#list = new FaultList(document);
  }

  get items(): Fault[] {
    return this.#list.items;
  }

  add(path: string, message: string, place: FaultPlace = {}): void {
    this.#list.error(parsePath(path) ?? [path], message, place);
  }

  warn(path: string, message: string, place: FaultPlace = {}): void {
    this.#list.warn(parsePath(path) ?? [path], message, place);
  }

  /** What `work` gives, or null and its issues as faults. `path` stands in for those that name a path of their own. */
  async catch<T>(work: () => Promise<T>, place: FaultPlace, path?: string): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!isAppError(error) || error.code !== "VALIDATION_FAILED") throw error;
      const issues = error.issues.length > 0 ? error.issues : [{ path: "", message: error.userMessage }];
      for (const issue of issues) this.add(path ?? issue.path, issue.message, place);
      return null;
    }
  }
}
