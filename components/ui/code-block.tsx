import { cn } from "./cn.ts";
import { CopyButton } from "./copy-button.tsx";
import { type Language, type TokenKind, tokenize } from "./highlight.ts";
import { ScrollRegion } from "./scroll-region.tsx";

export interface CodeBlockProps {
  code: string;
  language?: Language | undefined;
  /** The accessible name of the scrolling region. */
  label?: string | undefined;
  wrap?: boolean | undefined;
  copy?: boolean | undefined;
  maxHeight?: number | undefined;
  className?: string | undefined;
}

const colours: Record<TokenKind, string> = {
  plain: "",
  comment: "text-ink-3",
  string: "text-person-2",
  number: "text-warning",
  key: "text-accent",
  word: "text-person-4",
};

export function CodeBlock({
  code,
  language = "text",
  label = "Code",
  wrap,
  copy = true,
  maxHeight,
  className,
}: CodeBlockProps) {
  return (
    <div className={cn("relative rounded-card border border-line bg-subtle", className)}>
      <ScrollRegion aria-label={label} className="overflow-auto rounded-card p-3 pr-10" style={{ maxHeight }}>
        <pre
          className={cn("text-code text-ink", wrap ? "whitespace-pre-wrap break-words" : "whitespace-pre")}
        >
          {tokenize(code, language).map((token, index) => (
            <span key={index} className={colours[token.kind]}>
              {token.text}
            </span>
          ))}
        </pre>
      </ScrollRegion>
      {copy ? (
        <span className="absolute top-1.5 right-1.5 rounded-control bg-subtle">
          <CopyButton text={code} />
        </span>
      ) : null}
    </div>
  );
}
