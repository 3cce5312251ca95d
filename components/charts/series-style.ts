export type Marker = "disc" | "square" | "triangle" | "diamond" | "cross" | "plus";

export interface SeriesStyle {
  /** A CSS variable: `--chart-1`. */
  colour: string;
  /** Lengths of line and gap; empty for solid. */
  dash: readonly number[];
  marker: Marker;
}

const styles: readonly SeriesStyle[] = [
  { colour: "--chart-1", dash: [], marker: "disc" },
  { colour: "--chart-2", dash: [6, 3], marker: "square" },
  { colour: "--chart-3", dash: [2, 3], marker: "triangle" },
  { colour: "--chart-4", dash: [8, 3, 2, 3], marker: "diamond" },
  { colour: "--chart-5", dash: [1, 3], marker: "cross" },
  { colour: "--chart-6", dash: [10, 4], marker: "plus" },
];

const other: SeriesStyle = { colour: "--chart-other", dash: [], marker: "disc" };

/** How many series can be told apart. */
export const seriesLimit = styles.length;

/** The look of the nth series, from 0; past the sixth all are grey. Colour, dash and marker always go together. */
export function seriesStyle(index: number): SeriesStyle {
  return styles[index] ?? other;
}

/** The look of a series of a chart. */
export function lookOf(
  series: { look?: number | undefined; solid?: boolean | undefined },
  index: number,
): SeriesStyle {
  const style = seriesStyle(series.look ?? index);
  return series.solid ? { ...style, dash: [], marker: "disc" } : style;
}
