import { z } from "zod";
import { invalid } from "#lib/core/errors.ts";

/** The Python of every environment that does not say another. */
export const defaultPython = "3.11";

const requirement = z.string().trim().min(1).max(2000);

/** What a person says of an environment: packages for pip, a conda file, or an image as it is. */
export const environmentDefinitionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("pip"),
    requirements: z.array(requirement).max(1000),
    /** The base; default: the studio's base image. */
    image: z.string().trim().min(1).optional(),
    python: z
      .string()
      .regex(/^3\.\d{1,2}$/, "must be like 3.11")
      .optional(),
  }),
  z.object({
    kind: z.literal("conda"),
    conda: z.record(z.string(), z.unknown()),
    image: z.string().trim().min(1).optional(),
  }),
  z.object({ kind: z.literal("image"), image: z.string().trim().min(1) }),
]);

export type EnvironmentDefinition = z.infer<typeof environmentDefinitionSchema>;

/** The same from the parts of a stored version: a conda file, or packages, or nothing but an image. */
export function buildDefinitionOf(parts: {
  image?: string | undefined;
  pip?: string[] | undefined;
  conda?: Record<string, unknown> | undefined;
}): EnvironmentDefinition {
  const image = parts.image === undefined ? {} : { image: parts.image };
  if (parts.conda !== undefined && parts.pip !== undefined)
    throw invalid("pip", "cannot stand beside a conda file");
  if (parts.conda !== undefined) return { kind: "conda", conda: parts.conda, ...image };
  if (parts.pip !== undefined) return { kind: "pip", requirements: parts.pip, ...image };
  if (parts.image === undefined) throw invalid("image", "is needed when there are no packages");
  return { kind: "image", image: parts.image };
}

/** Packages as they are asked for, before anything is resolved. */
export interface PythonPackages {
  requirements: string[];
  python: string;
}

const options = /^(--index-url|-i|--extra-index-url|--find-links|-f|--pre|--prefer-binary)(\s|=|$)/;

/**
 * Checks the lines of a requirements file; comments and empty lines go. What would read files of the studio's machine
 * is refused: a requirements file comes from someone else.
 */
export function checkRequirements(lines: string[]): string[] {
  const kept: string[] = [];
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/(^|\s)#.*$/, "").trim();
    if (line === "") continue;
    const at = `requirements[${index}]`;
    if (line.startsWith("-") && !options.test(line)) {
      throw invalid(
        at,
        `“${line}” cannot be used here. Name packages, indexes (--index-url, --extra-index-url) or --find-links.`,
        raw,
      );
    }
    if (/(^|[\s=@])(file:|\.{0,2}\/|~)/.test(line)) {
      throw invalid(
        at,
        `“${line}” names a file, which the build does not have. Name a package or a web address.`,
        raw,
      );
    }
    kept.push(line);
  }
  return kept;
}
