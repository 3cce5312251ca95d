"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Archive, GitCompareArrows, ListTree, Plus } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Sort } from "#components/data-table/column.ts";
import { ColumnChooser } from "#components/data-table/column-chooser.tsx";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format.ts";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { LiveDot } from "#components/ui/tabs.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { list, oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { inTurns } from "#lib/core/in-turns.ts";
import type { RunSummary } from "#lib/runs/model.ts";
import { formatMetric } from "./format-metric.ts";
import { QueryBar } from "./query-bar.tsx";
import { fixedColumns, standardColumns, valueColumn } from "./run-columns.tsx";
import { useLoggedKeys } from "./use-curves.ts";
import { useLiveRuns } from "./use-run.ts";

const scopes = ["all", "mine", "archived"] as const;
const view = { filter: text(), scope: oneOf(scopes, "all"), sort: text(), columns: list() };

const sortFields: Record<string, string> = { created: "created", status: "status" };

function readSort(sort: string): Sort | null {
  if (!sort) return null;
  return sort.startsWith("-") ? { key: sort.slice(1), direction: "desc" } : { key: sort, direction: "asc" };
}

/** More lines than these are not told apart; a chart shows six by name. */
const mostCompared = 20;
/** Of one person who changes many. */
const requestsAtOnce = 8;

const keyOf = (run: RunSummary) => run.name;

/** The first metric that the table shows, for rows of two lines. */
function headline(run: RunSummary, visible: readonly string[]): ReactNode {
  const key = visible.find((each) => each.startsWith("metrics.") && each.slice(8) in run.metrics)?.slice(8);
  return key === undefined ? null : (
    <span className="flex-none tabular-nums">
      {key} {formatMetric(run.metrics[key])}
    </span>
  );
}

/** A link to the runs that are open now. */
function RunningCount({ workspace }: { workspace: string }) {
  const open = useQuery(
    orpc.runs.list.queryOptions({
      input: { workspace, status: "Running,Finalizing", children: "true", limit: 1 },
    }),
  );
  const count = open.data?.total ?? 0;
  if (count === 0) return null;
  const filter = new URLSearchParams({ filter: "status = running" });
  return (
    <Link
      href={`/${workspace}/runs?${filter}`}
      className="flex items-center gap-2 text-body text-ink-2 hover:text-ink"
    >
      <LiveDot />
      {formatCount(count)} running
    </Link>
  );
}

/** All runs: a query finds them, columns show what was logged, a selection is compared or put away. */
export function RunsPage({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [state, setState] = useUrlState(view);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const navigate = useNavigate();
  const toast = useToast();
  const showFailure = useFailureToast();
  useLiveRuns(workspace);
  const sort = useMemo(() => readSort(state.sort), [state.sort]);
  const runs = useInfiniteQuery(
    orpc.runs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        limit: 100,
        view: state.scope === "archived" ? ("archived" as const) : ("active" as const),
        ...(state.scope === "mine" ? { mine: "true" } : {}),
        ...(state.filter ? { filter: state.filter } : {}),
        ...(sort ? { sort: `${sortFields[sort.key] ?? sort.key} ${sort.direction}` } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const keys = useLoggedKeys(workspace);
  const rows = useMemo(() => runs.data?.pages.flatMap((page) => page.items) ?? [], [runs.data]);
  const total = runs.data?.pages[0]?.total;

  const choices = useMemo(() => {
    const fixed = fixedColumns(workspace).map(({ key, label }) => ({ key, label }));
    const logged = (keys.data?.items ?? []).map(({ kind, key }) => ({
      key: `${kind}.${key}`,
      label: `${kind}.${key}`,
      group: kind === "metrics" ? "Metrics" : kind === "params" ? "Parameters" : "Tags",
    }));
    return [...fixed, ...logged];
  }, [workspace, keys.data]);
  const standard = useMemo(() => {
    const metrics = (keys.data?.items ?? []).filter((item) => item.kind === "metrics").slice(0, 3);
    const [name = "name", ...rest] = standardColumns;
    return [name, ...metrics.map((item) => `metrics.${item.key}`), ...rest];
  }, [keys.data]);
  const visible = state.columns.length > 0 ? state.columns : standard;
  const columns = useMemo(() => {
    const fixed = fixedColumns(workspace);
    const logged = visible.filter((key) => key.includes(".")).map(valueColumn);
    return [...fixed, ...logged];
  }, [workspace, visible]);

  const mayCompare = selection.size > 1 && selection.size <= mostCompared;
  /** Another list: what was chosen in the one before may not be in it, and is not acted on unseen. */
  const showOther = (change: { filter: string } | { scope: (typeof scopes)[number] }) => {
    setSelection(new Set());
    setState(change);
  };

  const compare = (names: Iterable<string>) =>
    navigate.push(`/${workspace}/runs/compare?${new URLSearchParams({ runs: [...names].join(",") })}`);
  async function setArchived(names: string[], archived: boolean) {
    const act = archived ? api.runs.archive : api.runs.restore;
    try {
      await inTurns(names, requestsAtOnce, (run) => act({ workspace, run }));
      setSelection(new Set());
      toast({
        title: `${formatCount(names.length)} ${names.length === 1 ? "run" : "runs"} ${archived ? "archived" : "brought back"}`,
        undo: () => void setArchived(names, !archived),
      });
    } catch (error) {
      showFailure(error);
    }
  }
  useShortcut(
    mayChange
      ? { keys: "n", label: "New run", group: "Runs", run: () => navigate.push(`/${workspace}/runs/new`) }
      : null,
  );
  useShortcut(
    mayCompare ? { keys: "c", label: "Compare", group: "Runs", run: () => compare(selection) } : null,
  );
  useShortcut(
    selection.size > 0 && mayChange
      ? {
          keys: "e",
          label: "Archive",
          group: "Runs",
          run: () => void setArchived([...selection], state.scope !== "archived"),
        }
      : null,
  );

  const newButton = (
    <ButtonLink variant="primary" icon={<Plus size={16} />} href={`/${workspace}/runs/new`}>
      New run
    </ButtonLink>
  );
  return (
    <Page crumbs={[{ label: "Runs" }]} body="fixed">
      <PageHeader
        title="Runs"
        count={total === undefined || state.filter ? undefined : formatCount(total)}
        verbs={
          <>
            <RunningCount workspace={workspace} />
            {mayChange ? newButton : null}
          </>
        }
      />
      <div className="flex flex-wrap items-start gap-2 px-4 pb-3 sm:px-6">
        <Segmented
          label="Which runs"
          className="mt-0.5"
          options={[
            { value: "all", label: "All" },
            { value: "mine", label: "Mine" },
            { value: "archived", label: "Archived" },
          ]}
          value={state.scope}
          onValueChange={(scope) => showOther({ scope })}
        />
        <QueryBar
          value={state.filter}
          onChange={(filter) => showOther({ filter })}
          error={state.filter ? runs.error : null}
          keys={keys.data?.items ?? []}
          matchCount={state.filter ? total : undefined}
        />
        <span className="max-sm:hidden">
          <ColumnChooser
            columns={choices}
            visible={visible}
            standard={standard}
            onVisibleChange={(next) => setState({ columns: next.join() === standard.join() ? [] : next })}
          />
        </span>
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        <DataTable
          label="Runs"
          rows={rows}
          columns={columns}
          visible={visible}
          rowKey={keyOf}
          narrow={(run) => ({
            title: columns[0]?.render(run, 0),
            detail: (
              <>
                <span className="truncate">{run.experimentName}</span>
                {headline(run, visible)}
              </>
            ),
            aside: <RelativeTime at={run.createdAt} />,
          })}
          keys
          onOpen={(run) => navigate.push(`/${workspace}/runs/${run.name}`)}
          sort={sort}
          onSortChange={(next) =>
            setState({ sort: next ? (next.direction === "desc" ? `-${next.key}` : next.key) : "" })
          }
          selection={selection}
          onSelectionChange={setSelection}
          bulkVerbs={
            <>
              <Button
                variant="on-dark"
                icon={<GitCompareArrows size={16} />}
                disabled={!mayCompare}
                onClick={() => compare(selection)}
              >
                {selection.size > mostCompared ? `Compare up to ${mostCompared}` : "Compare"}
              </Button>
              {mayChange ? (
                <Button
                  variant="on-dark"
                  icon={<Archive size={16} />}
                  onClick={() => void setArchived([...selection], state.scope !== "archived")}
                >
                  {state.scope === "archived" ? "Bring back" : "Archive"}
                </Button>
              ) : null}
            </>
          }
          total={total ?? null}
          hasMore={runs.hasNextPage}
          loadingMore={runs.isFetchingNextPage}
          onEndReached={() => void runs.fetchNextPage()}
          loading={runs.isPending}
          error={state.filter ? undefined : runs.error}
          onRetry={() => void runs.refetch()}
          empty={
            state.filter ? (
              <EmptyState
                variant="plain"
                title={runs.error ? "The query cannot be read" : "No runs match"}
                action={<Button onClick={() => showOther({ filter: "" })}>Show all runs</Button>}
              >
                {state.filter}
              </EmptyState>
            ) : (
              <EmptyState
                variant="plain"
                icon={<ListTree />}
                title={state.scope === "archived" ? "No archived runs" : "No runs yet"}
                action={mayChange && state.scope !== "archived" ? newButton : undefined}
              >
                A run is one execution of your script: its code, inputs, log, metrics and outputs, kept
                together.
              </EmptyState>
            )
          }
        />
      </div>
      {mayChange ? <VerbBar>{newButton}</VerbBar> : null}
    </Page>
  );
}
