import { z } from "zod";

/** `explanations.json`, which Train Model writes with a model when it is asked to. */
export const explanations = z.object({
  version: z.literal(1),
  method: z.literal("permutation_importance"),
  /** What is measured: "Average Log Loss", "Accuracy", "Root Mean Squared Error", "Pinball Loss". */
  measure: z.string(),
  /** The measure of the rows as they are. */
  value: z.number().nullable(),
  rows: z.number().int(),
  /** How often each column was shuffled. */
  repeats: z.number().int(),
  /** By falling importance: how much the measure gets worse in the mean, and how much that varied. */
  features: z.array(
    z.object({ name: z.string(), importance: z.number().nullable(), deviation: z.number().nullable() }),
  ),
});
export type Explanations = z.infer<typeof explanations>;

/** Of which more is better; of all others less is. */
const larger = new Set(["Accuracy"]);

/** "The average log loss grows by so much …", as a sentence over the bars. */
export function describeMeasure({ measure, repeats }: Pick<Explanations, "measure" | "repeats">): string {
  const change = larger.has(measure) ? "falls" : "grows";
  return `How much the ${measure.toLowerCase()} ${change} when a column is shuffled, the mean of ${repeats} times.`;
}

/** Writes numbers of one list with as many decimals each: so many that the largest has four digits that count. */
export function writeAlike(values: readonly number[]): (value: number) => string {
  const largest = Math.max(0, ...values.map(Math.abs));
  const decimals = largest > 0 ? Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(largest)))) : 0;
  return (value) => {
    const text = Math.abs(value).toLocaleString("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    return value < 0 && Number(text.replaceAll(",", "")) !== 0 ? `−${text}` : text;
  };
}
