"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, Ellipsis, Play, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { Link, useNavigate } from "#components/ui/navigation.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { Schedule } from "#lib/schedules/model.ts";
import { ScheduleDetails } from "./schedule-details.tsx";
import { TimeUntil } from "./time-until.tsx";
import { describeTrigger } from "./trigger-form.ts";
import { useLiveSchedules } from "./use-schedules.ts";

interface SchedulesTabProps {
  workspace: string;
  mayChange: boolean;
}

const keyOf = ({ name }: Schedule) => name;

/** What can be done to a schedule; a failure is told where it happened. */
function useScheduleActs(workspace: string) {
  const queries = useQueryClient();
  const showFailure = useFailureToast();
  const navigate = useNavigate();
  async function act(work: () => Promise<unknown>) {
    try {
      await work();
      await queries.invalidateQueries({ queryKey: orpc.schedules.list.key() });
    } catch (error) {
      showFailure(error);
    }
  }
  const one = (schedule: string) => ({ workspace, schedule });
  return {
    setEnabled: (name: string, on: boolean) =>
      act(() => (on ? api.schedules.enable(one(name)) : api.schedules.disable(one(name)))),
    trigger: (name: string) =>
      act(async () => {
        const { run } = await api.schedules.trigger(one(name));
        navigate.push(`/${workspace}/runs/${run}`);
      }),
    async remove({ name, enabled }: Schedule) {
      if (enabled) await api.schedules.disable(one(name));
      await api.schedules.delete(one(name));
      await queries.invalidateQueries({ queryKey: orpc.schedules.list.key() });
    },
  };
}

/** What starts by the clock, by name; those that rest too. */
export function SchedulesTab({ workspace, mayChange }: SchedulesTabProps) {
  const [shown, setShown] = useState<Schedule | null>(null);
  const [deleting, setDeleting] = useState<Schedule | null>(null);
  const acts = useScheduleActs(workspace);
  useLiveSchedules(workspace);
  const list = useInfiniteQuery(
    orpc.schedules.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        workspace,
        disabled: "true",
        limit: 100,
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns: Column<Schedule>[] = [
    {
      key: "name",
      label: "Name",
      width: 200,
      grow: 1,
      render: (row) => (
        <button
          type="button"
          className="truncate text-left text-name hover:underline"
          onClick={() => setShown(row)}
        >
          {row.displayName}
        </button>
      ),
    },
    { key: "when", label: "When", width: 260, grow: 1, render: ({ trigger }) => describeTrigger(trigger) },
    {
      key: "next",
      label: "Next",
      width: 130,
      render: ({ nextAt }) => (nextAt === null ? "–" : <TimeUntil at={nextAt} />),
    },
    {
      key: "last",
      label: "Last run",
      width: 200,
      render: ({ lastRunName, lastError }) =>
        lastError ? (
          <span className="truncate text-failed" title={lastError}>
            {lastError}
          </span>
        ) : lastRunName ? (
          <Link href={`/${workspace}/runs/${lastRunName}`} className="link truncate">
            {lastRunName}
          </Link>
        ) : (
          "–"
        ),
    },
    { key: "by", label: "Made by", width: 120, render: ({ createdBy }) => createdBy ?? "–" },
    {
      key: "on",
      label: "On",
      width: 60,
      render: ({ name, enabled }) => (
        <Switch
          aria-label={`${name} is on`}
          checked={enabled}
          disabled={!mayChange}
          onCheckedChange={(on) => void acts.setEnabled(name, on)}
        />
      ),
    },
    ...(mayChange
      ? [
          {
            key: "verbs",
            label: "Verbs",
            labelHidden: true,
            width: 48,
            align: "right" as const,
            render: (row: Schedule) => (
              <Menu
                align="end"
                trigger={
                  <IconButton
                    label={`More about ${row.name}`}
                    icon={<Ellipsis size={16} />}
                    size="sm"
                    tooltip={false}
                  />
                }
                items={[
                  {
                    label: "Start now",
                    icon: <Play size={16} />,
                    onSelect: () => void acts.trigger(row.name),
                  },
                  {
                    label: "Delete",
                    icon: <Trash2 size={16} />,
                    danger: true,
                    onSelect: () => setDeleting(row),
                  },
                ]}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable
        label="Schedules"
        rows={rows}
        columns={columns}
        rowKey={keyOf}
        keys
        onOpen={setShown}
        narrow={(row) => ({
          title: columns[0]?.render(row, 0),
          detail: describeTrigger(row.trigger),
          aside: columns.find(({ key }) => key === "on")?.render(row, 0),
        })}
        total={null}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onEndReached={() => void list.fetchNextPage()}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <EmptyState variant="plain" icon={<CalendarClock />} title="Nothing starts by the clock yet">
            A schedule starts a pipeline again and again. Make one from a draft or from a run.
          </EmptyState>
        }
      />
      {shown ? (
        <ScheduleDetails workspace={workspace} schedule={shown} onClose={() => setShown(null)} />
      ) : null}
      {deleting ? (
        <ConfirmDialog
          open
          danger
          onOpenChange={(open) => open || setDeleting(null)}
          title={`Delete the schedule ${deleting.name}?`}
          effect="It starts nothing any more. The runs that it started stay."
          confirmLabel="Delete schedule"
          busyLabel="Deleting"
          onConfirm={() => acts.remove(deleting)}
        />
      ) : null}
    </>
  );
}
