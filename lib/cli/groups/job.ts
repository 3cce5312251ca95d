import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Command } from "commander";
import type { NewRun, RunDetails, Upload } from "#lib/runs/model.ts";
import { specMapping } from "#lib/spec/dump.ts";
import { type LoadedFile, loadSpecFile, validateSpecFile } from "#lib/spec/load.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { addVerb } from "../command.ts";
import type { Connection } from "../connection.ts";
import { UsageError } from "../errors.ts";
import { type PagingFlags, readAll, readWordChanges, withFile, withName, withPaging } from "../flags.ts";
import { showJob } from "../shapes.ts";
import { unzipTo } from "../unzip.ts";
import { uploadFile, uploadFolder } from "../upload.ts";
import { streamJob } from "./job-stream.ts";

interface NameFlag {
  name: string;
}

interface CreateFlags {
  file: string;
  set?: string[];
  name?: string;
  stream?: boolean;
  saveAs?: string;
  web?: boolean;
}

/** Sends what lies beside the job: its code as the working directory, its local inputs by name. */
async function uploadLocals(
  connection: Connection,
  workspace: string,
  loaded: LoadedFile<"job">,
  say: (line: string) => void,
): Promise<Pick<NewRun, "code" | "uploads">> {
  const uploads: Record<string, Upload> = {};
  let code: string | undefined;
  for (const local of loaded.locals) {
    if (local.purpose === "code") {
      const sent = await uploadFolder(connection, workspace, local.absolutePath);
      say(
        `Code: ${sent.fileCount} files, ${sent.sizeBytes.toLocaleString("en")} bytes, ${sent.sentCount} new`,
      );
      code = sent.digest;
    } else if (local.purpose === "input") {
      const name = String(local.path[1]);
      say(`Input ${name}: ${local.written}`);
      uploads[name] = local.isFolder
        ? { digest: (await uploadFolder(connection, workspace, local.absolutePath)).digest }
        : {
            sha256: (await uploadFile(connection, workspace, local.absolutePath)).sha256,
            fileName: basename(local.absolutePath),
          };
    }
  }
  return { ...(code ? { code } : {}), uploads };
}

async function createJob(
  flags: CreateFlags,
  connection: Connection,
  workspace: string,
  say: (line: string) => void,
): Promise<RunDetails> {
  const given = flags.name ? { name: flags.name } : {};
  const loaded = await loadSpecFile(flags.file, { kind: "job", set: flags.set ?? [], flags: given });
  for (const warning of loaded.warnings)
    say(`WARNING: ${warning.location ?? ""} ${warning.path}: ${warning.message}`);
  const sent = await uploadLocals(connection, workspace, loaded, say);
  // The folder of the file is the experiment's name where the file gives none.
  const experiment = loaded.spec.experiment_name ?? basename(dirname(resolve(flags.file)));
  const spec = { ...specMapping("job", loaded.spec), experiment_name: experiment };
  return connection.api.runs.submit({ workspace, spec, fileName: basename(flags.file), ...sent });
}

async function saveZip(
  connection: Connection,
  workspace: string,
  run: string,
  of: string,
  file: string,
): Promise<void> {
  const path = `/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(run)}/zip?of=${encodeURIComponent(of)}`;
  const response = await connection.fetch(path);
  if (!response.body) throw new Error("the studio sent no files");
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream), createWriteStream(file));
}

interface DownloadFlags extends NameFlag {
  downloadPath?: string;
  outputName?: string;
  all?: boolean;
}

async function download(flags: DownloadFlags, connection: Connection, workspace: string): Promise<string> {
  const run = await connection.api.runs.get({ workspace, run: flags.name });
  if (!isTerminal(run.status)) {
    throw new UsageError(`${flags.name} is ${run.status}. Its files can be downloaded once it has ended.`);
  }
  const of = flags.outputName ? `outputs.${flags.outputName}` : flags.all ? "all" : "artifacts";
  const folder = resolve(flags.downloadPath ?? ".");
  const target = flags.outputName ? join("named-outputs", flags.outputName) : flags.all ? "." : "artifacts";
  const file = join(folder, `.${flags.name}.zip`);
  await saveZip(connection, workspace, flags.name, of, file);
  return unzipTo(file, join(folder, target));
}

/** `job`: create, validate, show, list, update, stream, download, cancel, archive, restore, delete. */
export function registerJob(program: Command): void {
  const group = program.command("job").description("runs");
  addVerb<CreateFlags>(
    group,
    "create",
    "start a run",
    (command) =>
      withName(withFile(command), false)
        .option("-s, --stream", "print the log until the run has ended")
        .option("-e, --web", "print the address of the run's page")
        .option("--skip-validation", "accepted and ignored: the studio always checks")
        .option("-a, --save-as <path>", "accepted and ignored"),
    async ({ flags, connection, workspace, say }) => {
      const run = await createJob(flags, connection, workspace, say);
      if (flags.web) say(run.studioUrl);
      if (!flags.stream) return showJob(run);
      await streamJob(connection, workspace, run.name);
      return showJob(await connection.api.runs.get({ workspace, run: run.name }));
    },
  );
  addVerb<{ file: string; set?: string[] }>(
    group,
    "validate",
    "check a job file",
    (command) => withFile(command),
    async ({ flags }) => {
      const report = await validateSpecFile(flags.file, { kind: "job", set: flags.set ?? [] });
      if (report.result === "Failed") process.exitCode = 1;
      return report;
    },
  );
  addVerb<NameFlag>(
    group,
    "show",
    "one run",
    (command) => withName(command).option("-e, --web"),
    async (call) =>
      showJob(await call.connection.api.runs.get({ workspace: call.workspace, run: call.flags.name })),
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
        await connection.api.runs.update({ ...one, ...readWordChanges(flags.set, current.tags) }),
      );
    },
  );
  addVerb<NameFlag>(
    group,
    "stream",
    "print the log until the run has ended",
    (command) => withName(command),
    async (call) => streamJob(call.connection, call.workspace, call.flags.name),
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
      say(`Saved in ${await download(flags, connection, workspace)}`),
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
