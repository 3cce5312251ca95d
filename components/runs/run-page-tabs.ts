import type { TabItem } from "#components/ui/tabs.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";

export const tabKeys = ["overview", "metrics", "logs", "outputs", "code", "monitoring"] as const;
export type RunTab = (typeof tabKeys)[number];

/** The tabs that a run has something for. */
export function runTabs(run: RunDetails, here: string): TabItem[] {
  const isStudio = run.origin === "studio";
  const metricCount = Object.keys(run.metrics).length;
  const at = (key: RunTab) => `${here}?tab=${key}`;
  return [
    { key: "overview", label: "Overview", href: here },
    {
      key: "metrics",
      label: "Metrics",
      href: at("metrics"),
      count: metricCount,
      live: !isTerminal(run.status) && metricCount > 0,
    },
    ...(isStudio ? [{ key: "logs", label: "Logs", href: at("logs"), live: run.status === "Running" }] : []),
    { key: "outputs", label: "Outputs", href: at("outputs") },
    ...(run.snapshot
      ? [
          {
            key: "code",
            label: "Code",
            href: at("code"),
            count: `${run.snapshot.fileCount} ${run.snapshot.fileCount === 1 ? "file" : "files"}`,
          },
        ]
      : []),
    ...(isStudio ? [{ key: "monitoring", label: "Monitoring", href: at("monitoring") }] : []),
  ];
}
