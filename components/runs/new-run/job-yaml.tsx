"use client";

import { FileUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";

import { type Issue, lineOf, sentenceOf } from "./issues.ts";
import { YamlEditor } from "./yaml-editor.tsx";

export interface JobYamlProps {
  text: string;
  onChange: (text: string) => void;
  errors: readonly Issue[];
  warnings: readonly Issue[];
  stale: boolean;
}

/** The job file itself; what is wrong stands at its line, and below with a way to it. */
export function JobYaml({ text, onChange, errors, warnings, stale }: JobYamlProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  function goTo(line: number) {
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    const end = text.indexOf("\n", start);
    area.current?.focus();
    area.current?.setSelectionRange(start, end === -1 ? text.length : end);
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 text-secondary text-ink-3">
          Command jobs as Azure ML writes them are understood. Comments and keys that the form does not show
          are kept.
        </p>
        <input
          ref={file}
          type="file"
          accept=".yml,.yaml"
          tabIndex={-1}
          aria-label="Job file"
          className="sr-only"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void chosen.text().then(onChange);
            event.target.value = "";
          }}
        />
        <Button icon={<FileUp size={16} />} onClick={() => file.current?.click()}>
          Open a file
        </Button>
      </div>
      <YamlEditor
        ref={area}
        label="Job file"
        text={text}
        onChange={onChange}
        marked={
          new Map(
            errors.flatMap((issue) => {
              const line = lineOf(issue);
              return line === null ? [] : [[line, sentenceOf(issue.message)] as const];
            }),
          )
        }
      />
      <div aria-live="polite" className="flex flex-col gap-1">
        {errors.map((issue) => {
          const line = lineOf(issue);
          return (
            <div key={`${issue.path} ${issue.message}`} className="flex items-start gap-2 text-body">
              <StatusIcon kind="failed" size={14} className="mt-[3px]" />
              <span className="min-w-0 flex-1 break-words">
                {issue.path ? <code className="text-code">{issue.path}</code> : null}{" "}
                {sentenceOf(issue.message)}
              </span>
              {line === null ? null : (
                <Button size="sm" onClick={() => goTo(line)}>
                  Line {line}
                </Button>
              )}
            </div>
          );
        })}
        {errors.length === 0 && !stale ? (
          <p className="flex items-center gap-2 text-secondary text-ink-2">
            <StatusIcon kind="completed" size={14} /> Ready to run
          </p>
        ) : null}
        {warnings.map((issue) => (
          <Notice key={issue.message}>{sentenceOf(issue.message)}</Notice>
        ))}
      </div>
    </div>
  );
}
