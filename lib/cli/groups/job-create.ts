import { basename, dirname, resolve } from "node:path";
import type { NewRun, RunDetails, Upload } from "#lib/runs/model.ts";
import { specMapping } from "#lib/spec/dump.ts";
import { type LoadedFile, loadSpecFile } from "#lib/spec/load.ts";
import { invalidSpec } from "#lib/spec/validate.ts";
import type { Connection } from "../connection.ts";
import { checkPipelineFile } from "../pipeline-file.ts";
import { describeUpload, uploadFile, uploadFolder } from "../upload.ts";
import { uploadInPlace } from "../upload-in-place.ts";
import { locateIssue, warningLine, withLines } from "../with-lines.ts";

export interface CreateJobFlags {
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
      say(`Code: ${describeUpload(sent)}`);
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

/** Checks a job file, uploads what lies beside it, and starts the run. */
export async function createJob(
  flags: CreateJobFlags,
  connection: Connection,
  workspace: string,
  say: (line: string) => void,
): Promise<RunDetails> {
  const given = flags.name ? { name: flags.name } : {};
  const loaded = await loadSpecFile(flags.file, { kind: "job", set: flags.set ?? [], flags: given });
  for (const warning of loaded.warnings) say(warningLine(warning));
  if (loaded.spec.type === "pipeline") return createPipeline(flags, connection, workspace, loaded, say);
  const sent = await uploadLocals(connection, workspace, loaded, say);
  const spec = { ...specMapping("job", loaded.spec), experiment_name: experimentOf(loaded, flags.file) };
  const job = { workspace, spec, fileName: basename(flags.file), ...sent };
  // Some words only the studio can judge, such as a compute target that it replaces by its default.
  return submit(connection, job, loaded, new Set(loaded.warnings.map(({ path }) => path)), say);
}

/** The folder of the file is the experiment's name where the file gives none. */
function experimentOf(loaded: LoadedFile<"job">, file: string): string {
  return loaded.spec.experiment_name ?? basename(dirname(resolve(file)));
}

/** A pipeline goes as one document: component files in the place of their names, uploads in the place of local paths. */
async function createPipeline(
  flags: CreateJobFlags,
  connection: Connection,
  workspace: string,
  loaded: LoadedFile<"job">,
  say: (line: string) => void,
): Promise<RunDetails> {
  const { errors, warnings } = await checkPipelineFile(loaded, { connection, workspace });
  if (errors.length > 0) throw invalidSpec(errors);
  for (const warning of warnings) say(warningLine(warning));
  const mapping = specMapping("job", loaded.spec);
  const spec = {
    ...(await uploadInPlace(connection, workspace, mapping, loaded.locals, say)),
    experiment_name: experimentOf(loaded, flags.file),
  };
  const job = { workspace, spec, fileName: basename(flags.file) };
  const told = new Set([...warnings, ...loaded.warnings].map(({ path }) => path));
  return submit(connection, job, loaded, told, say);
}

/** Starts what was sent, after the warnings that only the studio can give. `told`: paths that were warned of already. */
function submit(
  connection: Connection,
  job: Parameters<Connection["api"]["runs"]["submit"]>[0],
  { document }: LoadedFile<"job">,
  told: ReadonlySet<string>,
  say: (line: string) => void,
): Promise<RunDetails> {
  return withLines(document, async () => {
    const { warnings } = await connection.api.runs.validate(job);
    for (const warning of warnings)
      if (!told.has(warning.path)) say(warningLine(locateIssue(document, warning)));
    return connection.api.runs.submit(job);
  });
}
