import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { stringify } from "yaml";
import { notFound } from "#lib/core/errors.ts";
import { addVerb } from "../command.ts";
import { type PagingFlags, readAll, readWordChanges, withFile, withName, withPaging } from "../flags.ts";
import { showJob } from "../shapes/job.ts";
import { type CreateJobFlags, createJob } from "./job-create.ts";
import { type DownloadFlags, downloadJob } from "./job-download.ts";
import { streamJob } from "./job-stream.ts";
import { validateJob } from "./job-validate.ts";

interface NameFlag {
  name: string;
}

/** `job`: create, validate, show, list, update, stream, download, cancel, archive, restore, delete. */
export function registerJob(program: Command): void {
  const group = program.command("job").description("runs");
  addVerb<CreateJobFlags>(
    group,
    "create",
    "start a run",
    (command) =>
      withName(withFile(command), false)
        .option("-s, --stream", "print the log until the run has ended")
        .option("-e, --web", "print the address of the run's page")
        .option("--skip-validation", "accepted and ignored: the studio always checks")
        .option("-a, --save-as <path>", "write the job, as the studio took it, to a YAML file"),
    async ({ flags, connection, workspace, say }) => {
      const run = await createJob(flags, connection, workspace, say);
      if (flags.web) say(run.studioUrl);
      if (flags.saveAs) await writeFile(flags.saveAs, stringify(showJob(run)));
      if (!flags.stream) return showJob(run);
      await streamJob(connection, workspace, run.name, say);
      return showJob(await connection.api.runs.get({ workspace, run: run.name }));
    },
  );
  addVerb<{ file: string; set?: string[] }>(
    group,
    "validate",
    "check a job file",
    (command) => withFile(command),
    async (call) => {
      const report = await validateJob(call.flags, () => call);
      if (report.result === "Failed") process.exitCode = 1;
      return report;
    },
  );
  addVerb<NameFlag & { web?: boolean }>(
    group,
    "show",
    "one run",
    (command) => withName(command).option("-e, --web", "print the address of the run's page"),
    async ({ flags, connection, workspace, say }) => {
      const run = await connection.api.runs.get({ workspace, run: flags.name });
      if (run.deleted) throw notFound(`Run “${flags.name}”`);
      if (flags.web) say(run.studioUrl);
      return showJob(run);
    },
  );
  addVerb<PagingFlags & { allResults?: boolean; parentJobName?: string }>(
    group,
    "list",
    "runs, newest first",
    (command) =>
      withPaging(command)
        .option("--all-results", "not only the newest 50")
        .option("-p, --parent-job-name <name>", "children of this run"),
    async ({ flags, connection, workspace }) => {
      const wanted = flags.maxResults ?? (flags.allResults ? undefined : "50");
      const view = flags.archivedOnly ? "archived" : flags.includeArchived ? "all" : "active";
      const parent = flags.parentJobName ? { parent: flags.parentJobName } : {};
      const paging = { ...(wanted === undefined ? {} : { maxResults: wanted }) };
      const items = await readAll(paging, ({ limit, cursor }) =>
        connection.api.runs.list({ workspace, limit, view, ...parent, ...(cursor ? { cursor } : {}) }),
      );
      return items.map(showJob);
    },
  );
  addVerb<NameFlag & { set?: string[] }>(
    group,
    "update",
    "change what is said about a run",
    (command) => withName(command).option("--set <path=value...>", "display_name=…, description=…, tags.x=…"),
    async ({ flags, connection, workspace }) => {
      const one = { workspace, run: flags.name };
      const current = await connection.api.runs.get(one);
      return showJob(
        await connection.api.runs.update({
          ...one,
          ...readWordChanges(flags.set, current.tags, { displayName: true }),
        }),
      );
    },
  );
  addVerb<NameFlag>(
    group,
    "stream",
    "print the log until the run has ended",
    (command) => withName(command),
    async (call) => streamJob(call.connection, call.workspace, call.flags.name, call.say),
  );
  addVerb<DownloadFlags>(
    group,
    "download",
    "save the files of a run that has ended",
    (command) =>
      withName(command)
        .option("-p, --download-path <path>", "folder to save in; the current one unless given")
        .option("--output-name <name>", "a named output instead of the artifacts")
        .option("--all", "artifacts and every named output"),
    async ({ flags, connection, workspace, say }) =>
      say(`Saved in ${await downloadJob(flags, connection, workspace)}`),
  );
  addVerb<NameFlag>(
    group,
    "cancel",
    "ask a run to end",
    (command) => withName(command),
    async (call) => {
      await call.connection.api.runs.cancel({ workspace: call.workspace, run: call.flags.name });
    },
  );
  addVerb<NameFlag>(
    group,
    "archive",
    "take a run out of the lists",
    (command) => withName(command),
    async (call) => {
      await call.connection.api.runs.archive({ workspace: call.workspace, run: call.flags.name });
    },
  );
  addVerb<NameFlag>(
    group,
    "restore",
    "bring a run back",
    (command) => withName(command),
    async (call) => {
      await call.connection.api.runs.restore({ workspace: call.workspace, run: call.flags.name });
    },
  );
  addVerb<NameFlag & { yes?: boolean }>(
    group,
    "delete",
    "delete a run that has ended",
    (command) => withName(command).option("-y, --yes", "accepted: a deleted run can be restored"),
    async ({ flags, connection, workspace }) => {
      await connection.api.runs.delete({ workspace, run: flags.name });
    },
  );
}
