/** What is compared: names of runs with what was logged. */
export interface ComparedRun {
  name: string;
  params: Readonly<Record<string, string>>;
  metrics: Readonly<Record<string, number | null>>;
}

export interface DifferenceCell {
  text: string | null;
  /** Other than the baseline's. */
  differs: boolean;
}

export interface ParamRow {
  key: string;
  cells: DifferenceCell[];
  differs: boolean;
}

export interface MetricCell {
  value: number | null | undefined;
  /** Against the baseline; null where one of them is missing or they are alike. */
  change: number | null;
  best: boolean;
}

export interface MetricRow {
  key: string;
  cells: MetricCell[];
  differs: boolean;
  better: Direction;
}

/** Whether more is better: `none` when its name does not tell. */
export type Direction = "up" | "down" | "none";

const downWords =
  /(^|[_./ -])(loss|error|err|mae|mse|rmse|rmsle|mape|smape|logloss|perplexity|brier|deviance|latency|wer|cer|fpr|fnr|hinge)([_./ -]|$)/i;
const upWords =
  /(^|[_./ -])(auc|auroc|auprc|aupr|accuracy|acc|f1|fbeta|precision|recall|r2|score|kappa|mcc|ndcg|map|gini|sensitivity|specificity|bleu|rouge|iou|dice|ap|tpr|tnr|r|correlation)([_./ -]|\d|$)/i;

export function directionOf(key: string): Direction {
  if (downWords.test(key)) return "down";
  return upWords.test(key) ? "up" : "none";
}

/** Numbers that are written differently are alike: `0.10` and `0.1`. */
function sameText(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.trim() === "" || b.trim() === "") return false;
  return Number(a) === Number(b);
}

function keysOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

/** The first run is the baseline. */
export function compareParams(runs: readonly ComparedRun[]): ParamRow[] {
  return keysOf(runs.map((run) => run.params)).map((key) => {
    const base = runs[0]?.params[key];
    const cells = runs.map((run) => {
      const value = run.params[key];
      return { text: value ?? null, differs: !sameText(value, base) };
    });
    return { key, cells, differs: cells.some((cell) => cell.differs) };
  });
}

/** The first run is the baseline; the best one is marked where the name of the metric tells what is better. */
export function compareMetrics(runs: readonly ComparedRun[]): MetricRow[] {
  return keysOf(runs.map((run) => run.metrics)).map((key) => {
    const better = directionOf(key);
    const values = runs.map((run) => run.metrics[key]);
    const finite = values.filter((value): value is number => typeof value === "number");
    const best =
      better === "none" || new Set(finite).size < 2
        ? undefined
        : better === "up"
          ? Math.max(...finite)
          : Math.min(...finite);
    const base = values[0];
    const cells = values.map((value): MetricCell => {
      const change = typeof value === "number" && typeof base === "number" ? value - base : 0;
      return {
        value,
        change: change === 0 ? null : change,
        best: typeof value === "number" && value === best,
      };
    });
    return { key, cells, better, differs: values.some((value) => value !== base) };
  });
}
