import { formatCount, formatNumber, formatPercent, plural } from "#components/ui/format.ts";
import type { Evaluation, EvaluationInput } from "./evaluation-model.ts";

interface MetricWord {
  label: string;
  better: "up" | "down";
  format: (value: number) => string;
}

const score = (value: number) => value.toFixed(4);

const words: Record<string, MetricWord> = {
  AUC: { label: "AUC", better: "up", format: score },
  Average_Precision: { label: "Average precision", better: "up", format: score },
  Log_Loss: { label: "Log loss", better: "down", format: score },
  Accuracy: { label: "Accuracy", better: "up", format: (value) => formatPercent(value) },
  Precision: { label: "Precision", better: "up", format: (value) => formatPercent(value) },
  Recall: { label: "Recall", better: "up", format: (value) => formatPercent(value) },
  F1: { label: "F1", better: "up", format: (value) => value.toFixed(3) },
  Mean_Absolute_Error: {
    label: "Mean absolute error",
    better: "down",
    format: (value) => formatNumber(value),
  },
  Root_Mean_Squared_Error: {
    label: "Root mean squared error",
    better: "down",
    format: (value) => formatNumber(value),
  },
  Relative_Absolute_Error: { label: "Relative absolute error", better: "down", format: score },
  Relative_Squared_Error: { label: "Relative squared error", better: "down", format: score },
  Coefficient_of_Determination: { label: "R²", better: "up", format: score },
  Average_Distance_to_Cluster_Center: {
    label: "Mean distance to own centre",
    better: "down",
    format: (value) => formatNumber(value),
  },
  Average_Distance_to_Other_Center: {
    label: "Mean distance to next centre",
    better: "up",
    format: (value) => formatNumber(value),
  },
  Maximal_Distance_to_Cluster_Center: {
    label: "Largest distance to own centre",
    better: "down",
    format: (value) => formatNumber(value),
  },
  Number_of_Points: { label: "Rows", better: "up", format: (value) => formatCount(value) },
};

/** How a metric is named and written; an unknown one by its own name, of which more counts as better. */
export function metricWord(key: string): MetricWord {
  return words[key] ?? { label: spaced(key), better: "up", format: (value) => formatNumber(value) };
}

/** `Average_Distance_to_Cluster_Center` → "Average distance to cluster center"; abbreviations stay. */
function spaced(text: string): string {
  const words = text.replaceAll("_", " ").trim().split(" ");
  const plain = words.map((word) => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word)).join(" ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** `two_class_boosted_decision_tree` → "boosted decision tree". */
export function learnerName(learner: string): string {
  return learner.replace(/^(two_class|multiclass)_/, "").replaceAll("_", " ");
}

/** What the inputs are called beside their curves: the learner or the number of clusters where that tells them apart. */
export function inputNames({ inputs }: Pick<Evaluation, "inputs">): string[] {
  const learners = inputs.map(({ learner }) => (learner ? learnerName(learner) : ""));
  const clusters = inputs.map((input) => {
    // The last row is of all of them.
    const count = (input.clusters?.length ?? 0) - 1;
    return count > 0 ? plural(count, "cluster") : "";
  });
  const ports = inputs.map(({ name }) => spaced(name).toLowerCase());
  const telling = (words: string[]) => words.every(Boolean) && new Set(words).size === words.length;
  return [learners, clusters].find(telling) ?? ports;
}

/** The names of the two classes, the negative one first. */
export function classNames(input: EvaluationInput): [negative: string, positive: string] {
  const [negative, last] = input.confusion?.labels ?? [];
  const positive = input.positiveLabel ?? last;
  return negative !== undefined && positive !== undefined ? [negative, positive] : ["no", "yes"];
}

const clusterWords: Record<string, string> = {
  name: "Cluster",
  points: "Rows",
  own: "Mean distance to its centre",
  other: "Mean distance to the next centre",
  maximum: "Largest distance to its centre",
};

/** The head of a column of cluster measures. */
export function columnTitle(key: string): string {
  return clusterWords[key] ?? spaced(key);
}
