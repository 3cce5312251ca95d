"use client";

import { SeriesMarker } from "#components/charts/marker.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { Pill } from "#components/ui/pill.tsx";
import type { InvokeResult } from "#lib/endpoints/model.ts";
import { readReply, timeParts } from "./read-reply.ts";
import type { ScoreWords } from "./schema-fields.ts";

export interface TestResponseProps {
  result: InvokeResult | null;
  looks: ReadonlyMap<string, number>;
  /** Model of a deployment: "churn v2". */
  modelOf: (deployment: string) => string;
  scores: ScoreWords | null;
}

const partTones: Record<string, string> = {
  gateway: "bg-line-2",
  "in line": "bg-warning-tint",
  "read inputs": "bg-amount-2",
  model: "bg-amount-3",
  write: "bg-amount-1",
};

/** What came back: the prediction, who gave it, how long each part took, and the reply itself. */
export function TestResponse({ result, looks, modelOf, scores }: TestResponseProps) {
  if (!result) {
    return (
      <section aria-label="Response" className="flex flex-col gap-2">
        <h2 className="text-section">Response</h2>
        <p className="text-body text-ink-2">
          Send the row to see the prediction, who gave it and where the time went.
        </p>
      </section>
    );
  }
  const { label, probabilities, error, pretty } = readReply(result, scores?.positive);
  const parts = timeParts(result);
  const total = parts.reduce((sum, { ms }) => sum + ms, 0);
  const good = result.status < 400;
  return (
    <section aria-label="Response" aria-live="polite" className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-section">Response</h2>
        <Pill kind={good ? "completed" : "failed"}>{result.status}</Pill>
        <span className="text-body text-ink-2 tabular-nums">{formatNumber(result.latencyMs, 3)} ms</span>
        {result.deployment ? (
          <span className="flex items-center gap-1.5 text-body text-ink-2">
            <SeriesMarker index={looks.get(result.deployment) ?? 0} />
            served by {result.deployment}, {modelOf(result.deployment)}
          </span>
        ) : null}
        <span className="ml-auto">
          <CopyButton text={result.body} />
        </span>
      </div>
      {error ? <p className="text-body text-failed">{error}</p> : null}
      {label !== null ? (
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <div>
            <p className="text-secondary text-ink-3">Prediction</p>
            <p className="text-number break-all">{label}</p>
          </div>
          {probabilities.length > 0 ? (
            <ul className="min-w-40 flex-1" aria-label="Probabilities">
              {probabilities.map(({ name, value }) => (
                <li key={name} className="flex items-center gap-2 text-secondary">
                  <span className="w-16 flex-none truncate text-right text-ink-2">{name}</span>
                  <span className="relative h-2 min-w-0 flex-1 rounded-full bg-active" aria-hidden="true">
                    <span
                      className="block h-2 rounded-full bg-chart-1"
                      style={{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }}
                    />
                    {scores ? (
                      <span
                        className="absolute -inset-y-0.5 w-0.5 bg-ink"
                        style={{ left: `${scores.threshold * 100}%` }}
                      />
                    ) : null}
                  </span>
                  <span className="w-12 flex-none text-right text-ink tabular-nums">{value.toFixed(3)}</span>
                </li>
              ))}
              {scores ? (
                <li className="pl-18 text-secondary text-ink-3">
                  called {scores.positive} from {Number(scores.threshold.toFixed(4))} on
                </li>
              ) : null}
            </ul>
          ) : null}
        </div>
      ) : null}
      {parts.length > 0 ? (
        <div>
          <p className="text-secondary text-ink-3">Where the {formatNumber(total, 3)} ms went</p>
          <div className="mt-1 flex h-4 overflow-hidden rounded-tag" aria-hidden="true">
            {parts.map(({ name, ms }) => (
              <span key={name} className={partTones[name]} style={{ width: `${(ms / total) * 100}%` }} />
            ))}
          </div>
          <ul className="mt-1 flex flex-wrap justify-between gap-x-4 text-secondary text-ink-2 tabular-nums">
            {parts.map(({ name, ms }) => (
              <li key={name}>
                {name} {formatNumber(ms, 2)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <CodeBlock language="json" code={pretty} label="Reply" maxHeight={320} wrap />
      {result.requestId ? (
        <p className="text-secondary text-ink-3">
          Request <code className="text-code">{result.requestId}</code>
        </p>
      ) : null}
    </section>
  );
}
