"use client";

import type { RefObject } from "react";
import { cn } from "#components/ui/cn.ts";
import { type TokenKind, tokenize } from "#components/ui/highlight.ts";

export interface YamlEditorProps {
  label: string;
  text: string;
  onChange: (text: string) => void;
  /** Line, from 1, to what is wrong there. */
  marked: ReadonlyMap<number, string>;
  ref?: RefObject<HTMLTextAreaElement | null>;
}

const colours: Record<TokenKind, string> = {
  plain: "",
  comment: "text-ink-3",
  string: "text-person-2",
  number: "text-warning",
  key: "text-accent",
  word: "text-person-4",
};

const lineHeight = 18;

/**
 * A text field with numbered lines, coloured by a copy of the text that lies under it. The copy gives the size; the field
 * lies over all of it, so the two never scroll apart.
 */
export function YamlEditor({ label, text, onChange, marked, ref }: YamlEditorProps) {
  const lines = text.split("\n");
  return (
    <div className="field-edge max-h-[60vh] min-h-72 overflow-auto bg-subtle p-0">
      <div className="flex min-h-full min-w-fit">
        <div
          aria-hidden="true"
          className="sticky left-0 z-10 select-none bg-subtle py-3 pr-3 pl-3 text-right text-code text-ink-3"
        >
          {lines.map((_, index) => (
            <div
              key={index}
              title={marked.get(index + 1)}
              className={cn(marked.has(index + 1) && "-mx-3 bg-failed-tint px-3 font-medium text-failed")}
              style={{ height: lineHeight }}
            >
              {index + 1}
            </div>
          ))}
        </div>
        <div className="relative min-w-0 flex-1">
          <div aria-hidden="true" className="absolute inset-x-0 top-3">
            {lines.map((_, index) => (
              <div
                key={index}
                className={cn(marked.has(index + 1) && "bg-failed-tint")}
                style={{ height: lineHeight }}
              />
            ))}
          </div>
          <pre aria-hidden="true" className="relative min-w-full whitespace-pre py-3 pr-6 pl-1 text-code">
            {tokenize(text, "yaml").map((token, index) => (
              <span key={index} className={colours[token.kind]}>
                {token.text}
              </span>
            ))}
            {"\n"}
          </pre>
          <textarea
            ref={ref}
            aria-label={label}
            value={text}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            onChange={(event) => onChange(event.target.value)}
            className="absolute inset-0 resize-none overflow-hidden whitespace-pre bg-transparent py-3 pr-6 pl-1 text-code text-transparent caret-ink outline-none"
          />
        </div>
      </div>
    </div>
  );
}
