/** What people look at first, the better known before the lesser. */
const known = ["auc", "roc_auc", "accuracy", "f1", "f1_score", "r2", "rmse", "mae", "loss"];

/** The one metric that a row shows: a well-known one, whatever stands before its name, else the first by name. */
export function findMainMetric(
  metrics: Readonly<Record<string, number | null>>,
): { key: string; value: number | null } | undefined {
  const keys = Object.keys(metrics).sort();
  const short = (key: string) => key.toLowerCase().split(/[./]/).at(-1) ?? "";
  const key = known.flatMap((word) => keys.find((each) => short(each) === word) ?? [])[0] ?? keys[0];
  return key === undefined ? undefined : { key, value: metrics[key] ?? null };
}
