import type { Column } from "#components/data-table/column.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { Duration, RelativeTime } from "#components/ui/relative-time.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { RunSummary } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { formatMetric } from "./format-metric.ts";

export const standardColumns = ["name", "status", "experiment", "duration", "by", "created"] as const;

/** Columns that every workspace has. */
export function fixedColumns(workspace: string): Column<RunSummary>[] {
  return [
    {
      key: "name",
      label: "Name",
      width: 230,
      grow: 2,
      render: (run) => {
        const { kind } = describeRunStatus(run.status);
        return (
          <span className="flex min-w-0 items-center gap-2">
            <StatusIcon kind={kind} size={14} label />
            <Link href={`/${workspace}/runs/${run.name}`} className="truncate text-name hover:underline">
              {run.displayName}
            </Link>
            {run.archived ? <Tag>archived</Tag> : null}
          </span>
        );
      },
    },
    {
      key: "status",
      label: "Status",
      width: 100,
      sortable: true,
      render: (run) => describeRunStatus(run.status).word,
    },
    { key: "experiment", label: "Experiment", width: 130, render: (run) => run.experimentName },
    {
      key: "type",
      label: "Type",
      width: 100,
      render: (run) => (run.origin === "mlflow" ? "MLflow" : run.type),
    },
    {
      key: "duration",
      label: "Duration",
      width: 84,
      align: "right",
      render: (run) =>
        run.startedAt === null ? (
          "–"
        ) : isTerminal(run.status) ? (
          <Duration ms={run.durationMs} />
        ) : (
          <Duration since={run.startedAt} />
        ),
    },
    { key: "compute", label: "Compute", width: 110, render: (run) => run.compute ?? "–" },
    { key: "environment", label: "Environment", width: 150, render: (run) => run.environment ?? "–" },
    {
      key: "by",
      label: "By",
      width: 56,
      render: (run) =>
        run.createdBy ? <Avatar person={run.createdBy} size={20} labelled /> : run.userName || "–",
    },
    {
      key: "created",
      label: "Started",
      width: 100,
      align: "right",
      sortable: true,
      render: (run) => <RelativeTime at={run.createdAt} />,
    },
  ];
}

/** A column of one metric, parameter or tag: `metrics.auc`. */
export function valueColumn(key: string): Column<RunSummary> {
  const [group = "", ...rest] = key.split(".");
  const name = rest.join(".");
  const isMetric = group === "metrics";
  return {
    key,
    label: name,
    width: Math.min(200, Math.max(90, name.length * 7 + 40)),
    align: group === "tags" ? "left" : "right",
    sortable: true,
    render: (run) => {
      if (isMetric) return formatMetric(run.metrics[name]);
      return (group === "params" ? run.params[name] : run.tags[name]) ?? "–";
    },
  };
}
