/** One thing wrong with a job, as the API tells it. */
export interface Issue {
  /** Dotted: `inputs.rate.value`. */
  path: string;
  message: string;
  value?: unknown;
  /** `job.yml:12`. */
  location?: string | undefined;
}

/** What is wrong with one field of the job, as words under it. */
export function problemAt(issues: readonly Issue[], path: string): string | undefined {
  const found = issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`));
  return found && sentenceOf(found.message);
}

/** Issues that no field of the form shows. */
export function otherIssues(issues: readonly Issue[], shown: readonly string[]): Issue[] {
  return issues.filter(
    (issue) => !shown.some((path) => issue.path === path || issue.path.startsWith(`${path}.`)),
  );
}

/** Messages that follow a path begin in lower case. */
export function sentenceOf(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** The line of an issue in the text, from 1: its location is `job.yml:12`. */
export function lineOf(issue: Issue): number | null {
  const line = Number(/:(\d+)(?::\d+)?$/.exec(issue.location ?? "")?.[1]);
  return Number.isInteger(line) && line > 0 ? line : null;
}

/** The issues that an error of the API carries. */
export function issuesOf(error: unknown): Issue[] {
  const data = typeof error === "object" && error !== null && "data" in error ? error.data : undefined;
  const issues = typeof data === "object" && data !== null && "issues" in data ? data.issues : undefined;
  return Array.isArray(issues) ? (issues as Issue[]) : [];
}
