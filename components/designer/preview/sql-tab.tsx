"use client";

import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { kindWord } from "#components/datasets/column-words.ts";
import { BusyRing, Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { explainError } from "#components/ui/describe-error.ts";
import { formatCount, plural } from "#components/ui/format.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { orpc } from "#lib/api/client.ts";
import type { QueryAnswer } from "#lib/tables/model.ts";
import { useDesigner } from "../session/designer.ts";
import { LazyCodeEditor } from "../text/lazy-code-editor.tsx";
import { describeCell } from "./describe-preview.ts";

const first = "select *\nfrom data\nlimit 100\n";
/** What was written at a port is there when it is opened again, until the page is left. */
const written = new Map<string, string>();

interface SqlTabProps {
  /** The port. */
  place: string;
  previewKey: string;
  /** The rows are about to be others. */
  stale: boolean;
}

/** The line of a fault, as the answer tells it. */
function lineOf(error: unknown): number | null {
  const data = (error as { data?: { details?: { line?: unknown } } } | null)?.data;
  return typeof data?.details?.line === "number" ? data.details.line : null;
}

/** Questions to the rows of a preview. */
export function SqlTab({ place, previewKey, stale }: SqlTabProps) {
  const { workspace, draft } = useDesigner();
  const memory = `${draft} ${place}`;
  const [sql, setSql] = useState(() => written.get(memory) ?? first);
  const query = useMutation(orpc.designer.queryPreview.mutationOptions());
  const ask = () => {
    if (!query.isPending) query.mutate({ workspace, key: previewKey, sql });
  };
  const { data, error, isPending } = query;
  const line = lineOf(error);
  const isOther = query.variables !== undefined && query.variables.key !== previewKey;
  return (
    <div className="-m-4 flex h-[calc(100%+32px)] flex-col">
      <div
        className="flex flex-none flex-col gap-2 border-line border-b p-4"
        onKeyDownCapture={(event) => {
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          event.stopPropagation();
          ask();
        }}
      >
        <LazyCodeEditor
          label="Query"
          language="sql"
          value={sql}
          height={132}
          faults={line === null ? [] : [{ line, message: explainError(error), severity: "error" }]}
          onChange={(text) => {
            written.set(memory, text);
            setSql(text);
          }}
        />
        <div className="flex flex-wrap items-center gap-3 text-secondary">
          <Button
            variant="primary"
            icon={isPending ? <BusyRing /> : <Play size={14} />}
            aria-busy={isPending || undefined}
            onClick={ask}
          >
            {isPending ? "Asking" : "Ask"}
          </Button>
          {error ? (
            <p role="alert" className="flex min-w-0 gap-1.5 text-failed">
              <StatusIcon kind="failed" size={14} className="mt-px" />
              <span className="break-words">
                {line === null ? "" : `Line ${line}: `}
                {explainError(error)}
              </span>
            </p>
          ) : (
            <p role="status" className="text-ink-3">
              {data
                ? describeAnswer(data, data.cut)
                : "One SELECT over the table data. It only reads these rows."}
              {data && (isOther || stale) ? " · of the rows before the last change" : ""}
            </p>
          )}
        </div>
      </div>
      {data ? <Answer answer={data} /> : null}
    </div>
  );
}

function describeAnswer({ rows, more, ms }: QueryAnswer, cut: number | null): string {
  const count = more ? `The first ${formatCount(rows.length)} rows` : plural(rows.length, "row");
  const of = cut === null ? "" : ` of the first ${formatCount(cut)} rows`;
  return `${count}${of} in ${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}

function Answer({ answer }: { answer: QueryAnswer }) {
  const right = (kind: string) => kind === "integer" || kind === "number";
  return (
    <ScrollRegion aria-label="Answer" className="min-h-0 flex-1 overflow-auto">
      <table className="text-secondary">
        <thead className="sticky top-0 bg-panel">
          <tr>
            {answer.columns.map(({ name, kind }, at) => (
              <th
                key={at}
                scope="col"
                className={cn("px-4 py-2 font-normal", right(kind) ? "text-right" : "text-left")}
              >
                <div className="whitespace-nowrap text-label text-ink">{name}</div>
                <div className="whitespace-nowrap text-caption text-ink-3">{kindWord[kind]}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row, at) => (
            <tr key={at} className="border-line border-t">
              {answer.columns.map(({ kind }, index) => (
                <td
                  key={index}
                  className={cn(
                    "max-w-80 truncate px-4 py-1 text-ink tabular-nums",
                    right(kind) && "text-right",
                  )}
                >
                  {describeCell(row[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
