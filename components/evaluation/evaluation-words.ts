import { formatNumber, formatPercent } from "#components/ui/format.ts";
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

/** What the inputs are called beside their curves: the learner where that tells them apart, else the port. */
export function inputNames({ inputs }: Pick<Evaluation, "inputs">): string[] {
  const learners = inputs.map(({ learner }) => (learner ? learnerName(learner) : ""));
  const telling = learners.every(Boolean) && new Set(learners).size === learners.length;
  return inputs.map((input, index) => (telling ? (learners[index] ?? "") : spaced(input.name).toLowerCase()));
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
