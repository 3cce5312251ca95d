import { describeError } from "#components/ui/describe-error.ts";

interface FieldIssue {
  path: string;
  message: string;
}

function issuesOf(error: unknown): FieldIssue[] {
  const data = (error as { data?: { issues?: FieldIssue[] } } | null)?.data;
  return Array.isArray(data?.issues) ? data.issues : [];
}

/**
 * What to say beside which field, and what to say of the form as a whole. An issue of `account.email` belongs to the field
 * `email`.
 */
export function readFormErrors(
  error: unknown,
  fields: readonly string[],
): { byField: Record<string, string>; whole: string | undefined } {
  const byField: Record<string, string> = {};
  for (const { path, message } of issuesOf(error)) {
    const field = path.split(".").at(-1) ?? "";
    if (fields.includes(field)) byField[field] ??= message.charAt(0).toUpperCase() + message.slice(1);
  }
  if (Object.keys(byField).length > 0) return { byField, whole: undefined };
  const { what, why } = describeError(error);
  return { byField, whole: why ? `${what} ${why}` : what };
}
