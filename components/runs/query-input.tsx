"use client";

import { ListFilter } from "lucide-react";
import { type ComponentPropsWithRef, type ReactNode, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";
import { type QueryTokenKind, tokenizeQuery } from "./query-tokens.ts";

export interface QueryInputProps extends Omit<ComponentPropsWithRef<"input">, "size" | "value"> {
  value: string;
  trailing?: ReactNode;
  /** The part that cannot be read, underlined. */
  fault: { at: number; length: number } | null;
}

const colours: Record<QueryTokenKind, string> = {
  name: "text-accent",
  value: "text-person-4",
  word: "text-ink-2",
  plain: "text-ink",
};

/** One line of text whose colours are a copy that lies under it and moves with it. */
export function QueryInput({ value, fault, trailing, ...rest }: QueryInputProps) {
  const copy = useRef<HTMLDivElement>(null);
  return (
    <div className="relative">
      <Input
        size="lg"
        mono
        {...rest}
        value={value}
        icon={<ListFilter size={14} />}
        trailing={trailing}
        spellCheck={false}
        autoComplete="off"
        className="[&_input]:text-transparent [&_input]:caret-ink [&_input]:placeholder:text-ink-3"
        onScroll={(event) => {
          if (copy.current) copy.current.style.transform = `translateX(${-event.currentTarget.scrollLeft}px)`;
        }}
      />
      {/* As far in as the text of the field: its edge, padding, icon and gap. */}
      <div
        aria-hidden="true"
        className={cn(
          "pointer-events-none absolute inset-y-0 left-[31px] flex items-center overflow-hidden",
          trailing ? "right-28" : "right-2",
        )}
      >
        <div ref={copy} className="whitespace-pre text-code">
          {tokenizeQuery(value).map((token, index) => (
            <span key={index} className={colours[token.kind]}>
              {token.text}
            </span>
          ))}
          {fault ? (
            <span className="absolute inset-0 text-transparent">
              {value.slice(0, fault.at)}
              <span className="underline decoration-2 decoration-failed decoration-wavy underline-offset-4">
                {value.slice(fault.at, fault.at + fault.length) || " "}
              </span>
            </span>
          ) : null}
        </div>
      </div>
    </div>
  );
}
