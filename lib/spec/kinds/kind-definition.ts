import type { z } from "zod";
import type { CuratedTable } from "../curated.ts";
import type { SpecPath } from "../paths.ts";
import type { Report } from "../report.ts";

export interface CheckOptions {
  /** The curated environments of the workspace; those of the product where it is not given. */
  curated?: CuratedTable;
}

/** A text that may name a file or folder beside the spec. */
export interface LocalField {
  path: SpecPath;
  /** `include`: goes into the code folder of the component beside it. */
  purpose: "code" | "include" | "input" | "build" | "data" | "model";
  /** What must lie there. */
  expects: "file" | "folder" | "any";
}

/** Everything the loader needs to know about one kind of spec. */
export interface KindDefinition<Spec> {
  schema: z.ZodType<Spec>;
  /** Top-level keys in the order of a dump. */
  keys: readonly string[];
  /** Rules across fields. Runs only on a spec whose shape is right. */
  check?(spec: Spec, report: Report, options: CheckOptions): void;
  /** The mapping that loads to this spec again. */
  toMapping(spec: Spec): Record<string, unknown>;
  /** Fields of the raw mapping that may be local paths, whether the rest of it is right or not. */
  localFields?(raw: Record<string, unknown>): LocalField[];
}
