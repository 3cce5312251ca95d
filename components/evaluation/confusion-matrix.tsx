"use client";

import { useId } from "react";
import { cn } from "#components/ui/cn.ts";
import { formatCount, formatPercent } from "#components/ui/format.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Confusion } from "./evaluation-model.ts";
import type { Counts } from "./thresholds.ts";

export type CountForm = "rows" | "percent";

interface CommonProps {
  /** "Confusion matrix" unless there are several. */
  title?: string | undefined;
  form: CountForm;
  onForm: (form: CountForm) => void;
  className?: string | undefined;
}

function Head({
  id,
  title = "Confusion matrix",
  form,
  onForm,
}: { id: string } & Omit<CommonProps, "className">) {
  return (
    <div className="mb-2 flex items-center gap-3">
      <h2 id={id} className="flex-1 text-section">
        {title}
      </h2>
      <Segmented
        label={`${title}: counts as`}
        options={[
          { value: "rows", label: "Rows" },
          { value: "percent", label: "Percent" },
        ]}
        value={form}
        onValueChange={onForm}
      />
    </div>
  );
}

const corner = "text-secondary text-ink-2";

/** What was against what is called, for two classes at one threshold. */
export function BinaryMatrix(
  props: CommonProps & {
    counts: Counts;
    names: [negative: string, positive: string];
    /** Below the matrix. */
    children?: React.ReactNode;
  },
) {
  const { counts, names, form, onForm, className, children } = props;
  const id = useId();
  const rows = counts.tp + counts.fp + counts.tn + counts.fn;
  const cells = [
    { key: "tn", count: counts.tn, word: "correct", good: true },
    { key: "fp", count: counts.fp, word: "false alarms", good: false },
    { key: "fn", count: counts.fn, word: "missed", good: false },
    { key: "tp", count: counts.tp, word: "found", good: true },
  ];
  const show = (count: number, as: CountForm) =>
    as === "rows" ? formatCount(count) : formatPercent(count / rows);
  return (
    <section aria-labelledby={id} className={className}>
      <Head id={id} form={form} onForm={onForm} />
      <table className="w-full table-fixed border-separate border-spacing-1">
        <thead>
          <tr>
            <td className="w-24" />
            {names.map((name) => (
              <th key={name} scope="col" className={cn(corner, "font-normal")}>
                predicted {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row" className={cn(corner, "pr-2 text-left font-normal break-words")}>
                actually {name}
              </th>
              {cells.slice(row * 2, row * 2 + 2).map((cell) => (
                <td
                  key={cell.key}
                  className={cn(
                    "h-24 rounded-card p-3 align-top",
                    cell.good ? "bg-accent-tint" : "bg-warning-tint",
                  )}
                >
                  <span className="flex h-full flex-col justify-between">
                    <span className="text-page tabular-nums">{show(cell.count, form)}</span>
                    <span className="text-secondary text-ink-2 tabular-nums">
                      {cell.word}, {show(cell.count, form === "rows" ? "percent" : "rows")}
                    </span>
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </section>
  );
}

const tints = ["bg-panel", "bg-amount-1", "bg-amount-2", "bg-amount-3"] as const;

/** What was against what is predicted, for any number of classes; percents are of what was. */
export function ClassMatrix(props: CommonProps & { confusion: Confusion }) {
  const { confusion, title = "Confusion matrix", form, onForm, className } = props;
  const id = useId();
  const { labels, counts } = confusion;
  return (
    <section aria-labelledby={id} className={className}>
      <Head id={id} title={title} form={form} onForm={onForm} />
      <ScrollRegion aria-label={`${title}, counts`} className="overflow-x-auto">
        <table className="border-separate border-spacing-0.5 text-body tabular-nums">
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={labels.length} className={cn(corner, "text-left font-normal")}>
                predicted
              </th>
            </tr>
            <tr>
              <td className={cn(corner, "pr-3")}>actually</td>
              {labels.map((label) => (
                <th
                  key={label}
                  scope="col"
                  className={cn(corner, "max-w-32 min-w-16 truncate px-2 font-normal")}
                >
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, row) => {
              const line = counts[row] ?? [];
              const sum = line.reduce((all, count) => all + count, 0);
              return (
                <tr key={label}>
                  <th scope="row" className={cn(corner, "max-w-40 truncate pr-3 text-left font-normal")}>
                    {label}
                  </th>
                  {labels.map((other, column) => {
                    const count = line[column] ?? 0;
                    const share = sum === 0 ? 0 : count / sum;
                    return (
                      <td
                        key={other}
                        className={cn(
                          "h-10 rounded-tag px-2 text-right text-ink",
                          row !== column && count > 0 ? "bg-warning-tint" : tints[Math.ceil(share * 2.99)],
                          row === column && "font-semibold",
                        )}
                      >
                        {form === "rows" ? formatCount(count) : formatPercent(share)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
