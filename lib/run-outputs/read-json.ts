import { text } from "node:stream/consumers";
import { z } from "zod";
import type { FileSet } from "#lib/files/file-set.ts";
import type { FileEntry } from "#lib/files/model.ts";
import { type ColumnMeaning, columnRoles, type OutputView } from "./model.ts";

const maxBytes = 4 * 1024 * 1024;

const tableSchema = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      role: z.enum(columnRoles).catch("feature"),
      categorical: z.boolean().catch(false),
    }),
  ),
});

const modelSchema = z.object({
  task: z.string().catch(""),
  learner: z.string().catch(""),
  label: z.string().nullish().catch(null),
  classes: z
    .array(z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .nullish()
    .catch([]),
  features: z.array(z.unknown()).nullish().catch([]),
});

/** A small JSON file of an output; null when it is not there, too large or not as expected. */
async function readJson<S extends z.ZodType>(
  set: FileSet,
  files: readonly FileEntry[],
  path: string,
  schema: S,
): Promise<z.infer<S> | null> {
  const file = files.find((each) => each.path === path);
  if (!file || file.sizeBytes > maxBytes) return null;
  const { body } = await set.open(path);
  const content = await text(body);
  try {
    return schema.safeParse(JSON.parse(content)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What a module says of the columns of its table. */
export async function readMeanings(
  set: FileSet,
  files: readonly FileEntry[],
): Promise<Record<string, ColumnMeaning>> {
  const schema = await readJson(set, files, "schema.json", tableSchema);
  return Object.fromEntries(
    (schema?.columns ?? []).map(({ name, role, categorical }) => [name, { role, categorical }]),
  );
}

/** What a training module says of its model. */
export async function readModelFacts(
  set: FileSet,
  files: readonly FileEntry[],
): Promise<OutputView["model"]> {
  const model = await readJson(set, files, "model.json", modelSchema);
  if (!model) return null;
  return {
    task: model.task,
    learner: model.learner,
    label: model.label ?? null,
    classes: model.classes ?? [],
    featureCount: model.features?.length ?? 0,
  };
}
