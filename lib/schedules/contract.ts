import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { flag, pageInput, pageOf } from "#lib/api/page.ts";
import { schedule } from "./model.ts";

const base = "/workspaces/{workspace}/schedules" as const;
const one = z.object({ workspace: z.string(), schedule: z.string() });

/** Jobs that start by themselves, by the clock. */
export const schedulesContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Schedules of a workspace" })
    .input(
      z.object({
        workspace: z.string(),
        /** Disabled ones too; they are left out unless this is given. */
        disabled: flag.optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(schedule)),
  get: operation({ method: "GET", path: `${base}/{schedule}`, access: "reader", summary: "One schedule" })
    .input(one)
    .output(schedule),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Make a schedule, or change the one of that name",
    status: 201,
  })
    .input(
      z.object({
        workspace: z.string(),
        /** A schedule file: YAML, or the mapping that it stands for. */
        spec: z.union([z.string().max(1024 * 1024), z.record(z.string(), z.unknown())]),
      }),
    )
    .output(schedule),
  times: operation({
    method: "POST",
    path: "/workspaces/{workspace}/schedule-times",
    access: "reader",
    summary: "When a trigger would fire next; nothing is saved",
  })
    .input(
      z.object({
        workspace: z.string(),
        /** In the words of the file. */
        trigger: z.record(z.string(), z.unknown()),
        count: z.number().int().min(1).max(20).default(5),
      }),
    )
    .output(z.object({ items: z.array(z.number()) })),
  enable: operation({
    method: "POST",
    path: `${base}/{schedule}/enable`,
    access: "contributor",
    summary: "Let a schedule fire again; what was missed is not made up for",
  })
    .input(one)
    .output(schedule),
  disable: operation({
    method: "POST",
    path: `${base}/{schedule}/disable`,
    access: "contributor",
    summary: "Let a schedule rest",
  })
    .input(one)
    .output(schedule),
  trigger: operation({
    method: "POST",
    path: `${base}/{schedule}/trigger`,
    access: "contributor",
    summary: "Start the job of a schedule now, beside its times",
  })
    .input(one)
    .output(z.object({ run: z.string() })),
  delete: operation({
    method: "DELETE",
    path: `${base}/{schedule}`,
    access: "contributor",
    summary: "Delete a schedule that is disabled; its runs stay",
  })
    .input(one)
    .output(z.object({ name: z.string() })),
};
