import { AppError } from "#lib/core/errors.ts";

const named = [
  /[Ff]ailed to (?:build|download|fetch|install|prepare|resolve|read metadata for|extract)[^`]*`(?:https?:\/\/[^`]*\/)?([A-Za-z0-9][\w.-]*)/,
  /Because ([A-Za-z0-9][\w.-]*) was not found/,
  /there (?:are no versions|is no version) of ([A-Za-z0-9][\w.-]*)/,
  /([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?[=<>!~][^\s]* (?:has no wheels|has no usable wheels|needs to be built)/,
  /[Bb]ecause you require ([A-Za-z0-9][\w.-]*)/,
  /(?:No matching distribution found for|Failed building wheel for) ([A-Za-z0-9][\w.-]*)/,
];

/** The package that uv or pip complain about, if they name one. */
export function packageAtFault(lines: string[]): string | null {
  const text = lines
    .join("\n")
    .replace(/[│╰├─▶]+/g, " ")
    .replace(/\s+/g, " ");
  for (const pattern of named) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found.replace(/[.-]+$/, "");
  }
  return null;
}

/** The studio's error for a failed step: which package, and the last lines as they were. */
export function buildFailure(what: string, lines: string[]): AppError {
  const lastLines = lines.filter((line) => line.trim() !== "").slice(-20);
  const fault = packageAtFault(lines);
  const about = fault === null ? `${what}.` : `${what}: the package “${fault}” is at fault.`;
  return new AppError("UNPROCESSABLE", {
    userMessage: `${about}\n${lastLines.join("\n")}`,
    details: { lastLines, ...(fault === null ? {} : { package: fault }) },
  });
}
