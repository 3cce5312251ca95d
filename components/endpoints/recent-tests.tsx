"use client";

import { SeriesMarker } from "#components/charts/marker.tsx";
import { formatClock, formatNumber } from "#components/ui/format.ts";
import type { InvokeResult } from "#lib/endpoints/model.ts";
import { readReply } from "./read-reply.ts";

export interface SentTest {
  id: number;
  at: number;
  body: string;
  /** What was typed, when it was a form. */
  values: Record<string, string> | null;
  result: InvokeResult;
}

export interface RecentTestsProps {
  tests: readonly SentTest[];
  looks: ReadonlyMap<string, number>;
  onPick: (test: SentTest) => void;
}

function inputWords({ values, body }: SentTest): string {
  return values ? Object.values(values).filter(Boolean).join(", ") : body.replace(/\s+/g, " ");
}

/** What was sent since the page was opened; a click brings it back. */
export function RecentTests({ tests, looks, onPick }: RecentTestsProps) {
  if (tests.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-section">Recent tests</h2>
      <div className="overflow-x-auto">
        <table className="w-full text-body">
          <thead className="text-left text-secondary text-ink-3">
            <tr className="border-line border-b">
              <th className="h-8 pr-4 font-medium">Sent</th>
              <th className="pr-4 font-medium">Input</th>
              <th className="pr-4 font-medium">Answered by</th>
              <th className="pr-4 font-medium">Prediction</th>
              <th className="text-right font-medium">Latency</th>
            </tr>
          </thead>
          <tbody>
            {tests.map((test) => {
              const { result } = test;
              const { label, error } = readReply(result);
              return (
                <tr key={test.id} className="border-line border-b hover:bg-hover">
                  <td className="h-8 whitespace-nowrap pr-4 tabular-nums">{formatClock(test.at)}</td>
                  <td className="max-w-64 pr-4">
                    <button
                      type="button"
                      className="link block w-full truncate text-left text-ink-2"
                      onClick={() => onPick(test)}
                    >
                      {inputWords(test) || "empty"}
                    </button>
                  </td>
                  <td className="whitespace-nowrap pr-4">
                    {result.deployment ? (
                      <span className="flex items-center gap-1.5">
                        <SeriesMarker index={looks.get(result.deployment) ?? 0} />
                        {result.deployment}
                      </span>
                    ) : (
                      "gateway"
                    )}
                  </td>
                  <td className="max-w-40 truncate pr-4 text-name">
                    {error ? `Status ${result.status}` : (label ?? "–")}
                  </td>
                  <td className="whitespace-nowrap text-right tabular-nums">
                    {formatNumber(result.latencyMs, 3)} ms
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
