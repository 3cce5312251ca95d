import type { Issue } from "#lib/core/errors.ts";
import { issueAt, type SpecDocument } from "./document.ts";
import type { SpecPath } from "./paths.ts";

type Needle = { text: string; nth: number };

/** Gathers what the checks of a kind find, each with its line. */
export class Report {
  readonly errors: Issue[] = [];
  readonly warnings: Issue[] = [];
  private readonly document: SpecDocument;

  constructor(document: SpecDocument) {
    this.document = document;
  }

  /** `needle` points at a piece of a longer text, so that the line is exact. */
  error(path: SpecPath, message: string, needle?: Needle): void {
    this.errors.push(issueAt(this.document, path, message, needle));
  }

  warn(path: SpecPath, message: string, needle?: Needle): void {
    this.warnings.push(issueAt(this.document, path, message, needle));
  }
}
