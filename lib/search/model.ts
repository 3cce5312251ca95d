import { z } from "zod";

export const searchKinds = [
  "run",
  "draft",
  "dataset",
  "model",
  "component",
  "endpoint",
  "environment",
] as const;
export type SearchKind = (typeof searchKinds)[number];

/** One thing found. `name` is the one in its page's address: of a draft its id. */
export const searchResult = z.object({
  kind: z.enum(searchKinds),
  name: z.string(),
  /** What people call it, when that differs. */
  title: z.string(),
  /** One fact beside it: a run's status and experiment, an asset's newest version. */
  fact: z.string(),
  status: z.string().nullable(),
  /** UTC milliseconds of its last change. */
  updatedAt: z.number(),
});
export type SearchResult = z.infer<typeof searchResult>;
