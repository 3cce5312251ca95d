import { AppError } from "#lib/core/errors.ts";

/** What is wrong with somebody's file, said at the field of the file. */
export function broken(userMessage: string, details: Record<string, unknown> = {}): AppError {
  return new AppError("VALIDATION_FAILED", {
    userMessage,
    details,
    issues: [{ path: "file", message: userMessage }],
  });
}

/** The first part of the engine's message, without where our copy of the file lies; the rest is advice about its own settings. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? text)
    .replace(/^[A-Z][A-Za-z ]+ Error: /, "")
    .replace(/ ?(?:(?:of|in|at) )?(?:file )?(["'])\/[^"']*\1/gi, "");
}
