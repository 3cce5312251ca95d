import { parse } from "yaml";
import type { Json, JsonMap } from "./types.ts";
import { isMap, textOf } from "./values.ts";

/** The pipeline without the steps that `keep` does not name, and without outputs that nothing gives any more. */
export function pruneTo(text: string, keep: ReadonlySet<string>, again: string | null): JsonMap {
  const whole: unknown = parse(text);
  if (!isMap(whole as Json)) return {};
  const document = whole as JsonMap;
  const jobs = isMap(document.jobs) ? document.jobs : {};
  const kept = Object.fromEntries(
    Object.entries(jobs)
      .filter(([name]) => keep.has(name))
      .map(([name, job]) => [name, name === again && isMap(job) ? { ...job, is_deterministic: false } : job]),
  );
  const used = JSON.stringify(kept);
  const inputs = isMap(document.inputs) ? document.inputs : {};
  const usedInputs = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => new RegExp(`parent\\.inputs\\.${name}\\b`).test(used)),
  );
  const outputs = isMap(document.outputs) ? document.outputs : {};
  const usedOutputs = Object.fromEntries(
    Object.entries(outputs).filter(
      ([name]) => used.includes(`parent.outputs.${name}}`) || used.includes(`parent.outputs.${name} `),
    ),
  );
  const { inputs: _, outputs: __, settings, ...rest } = document;
  return {
    ...rest,
    ...(isMap(settings) ? { settings: withoutGone(settings, kept) } : {}),
    ...(Object.keys(usedInputs).length > 0 ? { inputs: usedInputs } : {}),
    ...(Object.keys(usedOutputs).length > 0 ? { outputs: usedOutputs } : {}),
    jobs: kept,
  };
}

/** The settings without a first or last step that is left out. */
function withoutGone(settings: JsonMap, kept: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => {
      if (key !== "on_init" && key !== "on_finalize") return true;
      const text = textOf(value);
      return (/^\$\{\{\s*parent\.jobs\.(\w+)\s*\}\}$/.exec(text)?.[1] ?? text) in kept;
    }),
  );
}
