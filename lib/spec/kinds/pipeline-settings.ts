import { z } from "zod";
import { flag, opaque, opt, text } from "../fields.ts";
import { isMapping } from "../paths.ts";
import { computeName } from "./command-job.ts";

const known = {
  default_compute: opt(computeName),
  default_datastore: opt(text),
  continue_on_step_failure: opt(flag),
  force_rerun: opt(flag),
  on_init: opt(text),
  on_finalize: opt(text),
};

/** Keys that are not known are kept, with a warning. */
export const pipelineSettings = z.preprocess(
  (raw) =>
    isMapping(raw)
      ? Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null && value !== undefined))
      : raw,
  z.object(known, { error: "must be a mapping of keys to values." }).catchall(opaque),
);
export type PipelineSettingsSpec = z.output<typeof pipelineSettings>;

export const settingsKeys = Object.keys(known);
