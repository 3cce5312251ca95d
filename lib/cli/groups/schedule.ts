import type { Command } from "commander";
import { specMapping } from "#lib/spec/dump.ts";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { confirmDelete, given, type PagingFlags, readAll, withFile, withName, withPaging } from "../flags.ts";
import { showSchedule } from "../shapes/schedule.ts";
import { uploadInPlace } from "../upload-in-place.ts";
import { warningLine, withLines } from "../with-lines.ts";

interface NameFlag {
  name: string;
}

/** `schedule`: create, update, show, list, enable, disable, trigger, delete. */
export function registerSchedule(program: Command): void {
  const group = program.command("schedule").description("jobs that start by themselves");
  for (const verb of ["create", "update"]) {
    addVerb<{ file: string; name?: string; set?: string[] }>(
      group,
      verb,
      "make a schedule, or change the one of that name",
      (command) => withName(withFile(command), false).option("--no-wait", "accepted and ignored"),
      async ({ flags, connection, workspace, say }) => {
        const loaded = await loadSpecFile(flags.file, {
          kind: "schedule",
          set: flags.set ?? [],
          flags: given({ name: flags.name }),
        });
        for (const warning of loaded.warnings) say(warningLine(warning));
        const mapping = specMapping("schedule", loaded.spec);
        const spec = await uploadInPlace(connection, workspace, mapping, loaded.locals, say);
        return showSchedule(
          await withLines(loaded.document, () => connection.api.schedules.create({ workspace, spec })),
        );
      },
    );
  }
  addVerb<NameFlag>(
    group,
    "show",
    "one schedule",
    (command) => withName(command),
    async ({ flags, connection, workspace }) =>
      showSchedule(await connection.api.schedules.get({ workspace, schedule: flags.name })),
  );
  addVerb<PagingFlags & { includeDisabled?: boolean; disabledOnly?: boolean }>(
    group,
    "list",
    "schedules by name",
    (command) =>
      withPaging(command)
        .option("--include-disabled", "disabled ones too")
        .option("--disabled-only", "disabled ones only"),
    async ({ flags, connection, workspace }) => {
      const disabled = flags.includeDisabled || flags.disabledOnly ? "true" : "false";
      const items = await readAll(flags, ({ limit, cursor }) =>
        connection.api.schedules.list({ workspace, disabled, limit, ...(cursor ? { cursor } : {}) }),
      );
      return items.filter(({ enabled }) => !flags.disabledOnly || !enabled).map(showSchedule);
    },
  );
  for (const verb of ["enable", "disable"] as const) {
    addVerb<NameFlag>(
      group,
      verb,
      verb === "enable" ? "let it fire again" : "let it rest",
      (command) => withName(command).option("--no-wait", "accepted and ignored"),
      async ({ flags, connection, workspace }) =>
        showSchedule(await connection.api.schedules[verb]({ workspace, schedule: flags.name })),
    );
  }
  addVerb<NameFlag>(
    group,
    "trigger",
    "start its job now",
    (command) => withName(command),
    async ({ flags, connection, workspace }) => {
      const { run } = await connection.api.schedules.trigger({ workspace, schedule: flags.name });
      return { job_name: run, schedule_name: flags.name };
    },
  );
  addVerb<NameFlag & { yes?: boolean }>(
    group,
    "delete",
    "delete a schedule that is disabled",
    (command) =>
      withName(command).option("-y, --yes", "do not ask").option("--no-wait", "accepted and ignored"),
    async ({ flags, connection, workspace }) => {
      await confirmDelete(`schedule ${flags.name}`, flags.yes);
      await connection.api.schedules.delete({ workspace, schedule: flags.name });
    },
  );
}
