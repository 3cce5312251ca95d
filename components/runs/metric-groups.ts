/** A metric over the steps of one run, as charts read it. */
export interface Curve {
  run: string;
  key: string;
  steps: readonly number[];
  /** UTC milliseconds of each point. */
  times: readonly number[];
  /** Null is not a number. */
  values: readonly (number | null)[];
}

/** Metrics that belong in one chart: the same measure of several parts of the data. */
export interface MetricGroup {
  title: string;
  keys: { key: string; label: string }[];
}

const parts = "training|train|validation|valid|val|evaluation|eval|test|holdout";
const before = new RegExp(`^(${parts})[ _./-]+(.+)$`, "i");
const after = new RegExp(`^(.+?)[ _./-]+(${parts})$`, "i");

function split(key: string): { stem: string; part: string | null } {
  const head = before.exec(key);
  if (head?.[1] && head[2]) return { stem: head[2], part: head[1] };
  const tail = after.exec(key);
  if (tail?.[1] && tail[2]) return { stem: tail[1], part: tail[2] };
  return { stem: key, part: null };
}

/**
 * `auc`, `train_auc` and `valid/auc` in one chart, each under its part's name; what has no such kin stands alone. Keys
 * keep their order.
 */
export function groupMetrics(keys: readonly string[]): MetricGroup[] {
  const groups = new Map<string, MetricGroup>();
  for (const key of keys) {
    const { stem, part } = split(key);
    const known = groups.get(stem.toLowerCase());
    const entry = { key, label: part ?? key };
    if (known) known.keys.push(entry);
    else groups.set(stem.toLowerCase(), { title: stem, keys: [entry] });
  }
  return [...groups.values()].map((group) => {
    const [only] = group.keys;
    if (group.keys.length > 1 || !only) return { ...group, keys: trainLast(group.keys) };
    return { title: only.key, keys: [{ key: only.key, label: only.key }] };
  });
}

/** What counts is how it does on data it has not seen, so that comes first and is drawn solid. */
function trainLast(keys: MetricGroup["keys"]): MetricGroup["keys"] {
  const isTrain = ({ label }: { label: string }) => /^train/i.test(label);
  return [...keys.filter((key) => !isTrain(key)), ...keys.filter(isTrain)];
}

/** The last finite value of a curve. */
export function lastValue(curve: Curve): number | null {
  for (let index = curve.values.length - 1; index >= 0; index--) {
    const value = curve.values[index];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return null;
}

/** Whether there is anything to draw a line through. */
export function isCurve(curve: Curve): boolean {
  return curve.steps.length > 1;
}
