import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  /** The head, and the name in the column chooser. */
  label: string;
  /** The head is for screen readers only: a column of buttons. */
  labelHidden?: boolean | undefined;
  /** Under the label in the head, in data grids: a type, a histogram. */
  headExtra?: ReactNode;
  /** Numbers right, text left. */
  align?: "left" | "right" | undefined;
  /** In pixels; the least width when `grow` is given. 120 by default. */
  width?: number | undefined;
  /** Shares what is left of the width. */
  grow?: number | undefined;
  sortable?: boolean | undefined;
  /** Mono text: keys, ids. */
  mono?: boolean | undefined;
  render: (row: Row, index: number) => ReactNode;
}

export interface Sort {
  key: string;
  direction: "asc" | "desc";
}

/** A click on a head: first `first`, then the other way, then none. */
export function nextSort(sort: Sort | null, key: string, first: Sort["direction"] = "desc"): Sort | null {
  if (sort?.key !== key) return { key, direction: first };
  return sort.direction === first ? { key, direction: first === "desc" ? "asc" : "desc" } : null;
}

/** The columns in the order of `visible`; unknown keys are left out. */
export function pickColumns<Row>(
  columns: readonly Column<Row>[],
  visible: readonly string[] | undefined,
): Column<Row>[] {
  if (visible === undefined) return [...columns];
  const byKey = new Map(columns.map((column) => [column.key, column]));
  return visible.flatMap((key) => byKey.get(key) ?? []);
}

export const selectWidth = 40;

/** The CSS grid of a row, and its least width in pixels. */
export function gridOf(
  columns: readonly Column<never>[],
  selectable: boolean,
): { template: string; minWidth: number } {
  const tracks = columns.map(({ width = 120, grow }) =>
    grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`,
  );
  const fills = columns.some((column) => column.grow);
  return {
    template: [
      ...(selectable ? [`${selectWidth}px`] : []),
      ...tracks,
      ...(fills ? [] : ["minmax(0, 1fr)"]),
    ].join(" "),
    minWidth: columns.reduce((sum, { width = 120 }) => sum + width, selectable ? selectWidth : 0),
  };
}
