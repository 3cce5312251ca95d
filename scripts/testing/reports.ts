import { existsSync, readFileSync } from "node:fs";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A stage without tests of its own counts as one. */
export function countOne(exitCode: number): Counts {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A program that failed for another reason than a test, or wrote no report, still counts as a failure. */
function withExitCode(counts: Counts, exitCode: number): Counts {
  const silent = exitCode !== 0 && counts.failed === 0;
  return silent ? { ...counts, failed: 1 } : counts;
}

export function countVitest(report: string, exitCode: number): Counts {
  if (!existsSync(report)) return countOne(exitCode || 1);
  const data = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  // A file that does not even load has no tests to count.
  const broken = data.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failed = data.numFailedTests + broken.length;
  return withExitCode({ passed: data.numPassedTests, failed, skipped: data.numPendingTests }, exitCode);
}

export function countPlaywright(report: string, exitCode: number): Counts {
  if (!existsSync(report)) return countOne(exitCode || 1);
  const { stats } = JSON.parse(readFileSync(report, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return withExitCode(
    { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped },
    exitCode,
  );
}

/** The totals of a JUnit file as pytest writes it. */
export function countJunit(report: string, exitCode: number): Counts {
  if (!existsSync(report)) return countOne(exitCode || 1);
  const head = /<testsuite [^>]*>/.exec(readFileSync(report, "utf8"))?.[0] ?? "";
  const read = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = read("failures") + read("errors");
  const skipped = read("skipped");
  return withExitCode({ passed: read("tests") - failed - skipped, failed, skipped }, exitCode);
}
