import { z } from "zod";

/** One deed in a workspace, as the home page and a thing's own page show it. */
export const activity = z.object({
  id: z.string(),
  /** Null when the studio itself did it. */
  user: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Past tense: `registered`, `deployed`, `invited`, … */
  verb: z.string(),
  kind: z.string(),
  name: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** UTC milliseconds. */
  at: z.number(),
});
export type Activity = z.infer<typeof activity>;
