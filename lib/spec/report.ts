import type { Issue } from "#lib/core/errors.ts";
import { issueAt, type SpecDocument } from "./document.ts";
import type { SpecPath } from "./paths.ts";

type Needle = { text: string; nth: number };

/** Where checks put what they find. */
export interface Reporter {
  error(path: SpecPath, message: string, needle?: Needle): void;
  warn(path: SpecPath, message: string, needle?: Needle): void;
}

/** Gathers what the checks of a kind find, each with its line. */
export class Report implements Reporter {
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

  /** For the checks of a part: its paths start at the part. */
  below(base: SpecPath): Reporter {
    return {
      error: (path, message, needle) => this.error([...base, ...path], message, needle),
      warn: (path, message, needle) => this.warn([...base, ...path], message, needle),
    };
  }
}
