import { posix } from "node:path";
import type { Readable } from "node:stream";
import tar from "tar-stream";
import type { AssetSource, runPorts } from "#db/schema/index.ts";
import { pour, tarStream } from "#lib/compute/archive.ts";
import type { FileTree } from "#lib/compute/port.ts";
import { findModuleTable } from "#lib/datasets/table-file.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import type { FileEntry } from "#lib/files/model.ts";
import type { Services } from "#lib/services/services.ts";
import { RunFailure } from "./run-failure.ts";

type InputPort = Pick<typeof runPorts.$inferSelect, "name" | "type" | "mode" | "uri" | "source" | "value"> & {
  /** A folder without files is one all the same: a step before it left it so. */ mayBeEmpty?: boolean;
};

/** An input as the command sees it: the files to put in, and the text that stands for it. */
export interface PlacedInput {
  /** Absolute path, literal text, or address. */
  text: string;
  files: FileTree[];
  /** Made although nothing is in them. */
  folders: string[];
  fileCount: number;
  sizeBytes: number;
}

/** Files of a set as a tar stream, read from the store as it is written. */
export function packFileSet(set: FileSet, files: FileEntry[]): Readable {
  const pack = tar.pack();
  const write = async () => {
    for (const file of files) {
      const { body } = await set.open(file.path);
      const name = file.path === "" ? "file" : file.path;
      const mode = /\.sh$/.test(name) ? 0o755 : 0o644;
      await pour(body, pack.entry({ name, size: file.sizeBytes, mode }));
    }
    pack.finalize();
  };
  write().catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  return tarStream(pack);
}

const nothing = { files: [], folders: [], fileCount: 0, sizeBytes: 0 };

/** Where an input lies below the attempt's folder, and what the command is told. */
export async function placeInput(
  services: Services,
  workspaceId: string,
  port: InputPort,
  root: string,
): Promise<PlacedInput> {
  if (port.type === "literal") return { ...nothing, text: port.value ?? "" };
  const source: AssetSource = port.source ?? { kind: "none" };
  // Checked when the job was submitted: only `direct` names what is not in the studio.
  if (source.kind === "uri") return { ...nothing, text: source.uri };
  if (port.mode === "direct") return { ...nothing, text: port.uri };
  const set = openFileSet(services, workspaceId, source);
  const all = await set.list();
  // A module's table is one file for a port that takes one.
  const table = port.type === "uri_file" ? findModuleTable(all) : null;
  const files = table ? [table] : all;
  const folder = posix.join("inputs", port.name);
  const place = (path: string): PlacedInput => ({
    text: posix.join(root, folder, path),
    files: files.length === 0 ? [] : [{ path: folder, open: () => packFileSet(set, files) }],
    folders: [folder],
    fileCount: files.length,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
  });
  // A step may leave a folder empty, and the next one finds it empty.
  const mayBeEmpty =
    port.mayBeEmpty ?? (port.type !== "uri_file" && /^azureml:\/\/jobs\/.+\/outputs\//.test(port.uri));
  if (files.length === 0 && !mayBeEmpty) {
    throw new RunFailure(
      { code: "INPUT_MISSING", message: `The input “${port.name}” (${port.uri}) has no files.` },
      "Preparing",
    );
  }
  if (port.type !== "uri_file") return place("");
  const [only] = files;
  if (files.length > 1 || !only) {
    throw new RunFailure(
      {
        code: "INPUT_MISSING",
        message: `The input “${port.name}” is a folder with ${files.length} files, but the job takes one file.`,
        hint: "Give it one file, or let the job take a folder: type: uri_folder.",
      },
      "Preparing",
    );
  }
  return place(only.path === "" ? "file" : only.path);
}
