import { Fragment, type ReactNode } from "react";

/** `code`, *emphasis* and **strong** inside one line. */
function readLine(line: string): ReactNode[] {
  return line.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).map((part, index) => {
    if (part.startsWith("`") && part.endsWith("`") && part.length > 2)
      return (
        <code key={index} className="rounded-check bg-active px-0.5 text-code">
          {part.slice(1, -1)}
        </code>
      );
    if (part.startsWith("**") && part.length > 4) return <strong key={index}>{part.slice(2, -2)}</strong>;
    if (part.startsWith("*") && part.length > 2) return <em key={index}>{part.slice(1, -1)}</em>;
    return <Fragment key={index}>{part}</Fragment>;
  });
}

/** The help of a component: paragraphs and lists of its Markdown. */
export function HelpText({ text }: { text: string }) {
  const blocks = text
    .trim()
    .split(/\n\s*\n/)
    .filter(Boolean);
  return (
    <div className="flex flex-col gap-2 text-secondary text-ink-2">
      {blocks.map((block, index) => {
        const lines = block.split("\n").map((line) => line.trim());
        if (lines.every((line) => /^[-*] /.test(line)))
          return (
            <ul key={index} className="flex list-disc flex-col gap-1 pl-4">
              {lines.map((line) => (
                <li key={line}>{readLine(line.slice(2))}</li>
              ))}
            </ul>
          );
        return <p key={index}>{readLine(lines.join(" "))}</p>;
      })}
    </div>
  );
}
