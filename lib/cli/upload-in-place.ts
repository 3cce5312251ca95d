import { basename } from "node:path";
import { codeUri, uploadUri } from "#lib/runs/uploads.ts";
import type { LocalFile } from "#lib/spec/load.ts";
import { replaceAt } from "#lib/spec/paths.ts";
import type { Connection } from "./connection.ts";
import { uploadFile, uploadFolder } from "./upload.ts";

/** Uploads what a document names on this machine, each thing once, and gives the document that names the uploads. */
export async function uploadInPlace(
  connection: Connection,
  workspace: string,
  mapping: Record<string, unknown>,
  locals: readonly LocalFile[],
  say: (line: string) => void,
): Promise<Record<string, unknown>> {
  const folders = new Map<string, string>();
  const sendFolder = async (path: string, what: string): Promise<string> => {
    const known = folders.get(path);
    if (known) return known;
    const { digest, fileCount, sizeBytes, sentCount } = await uploadFolder(connection, workspace, path);
    folders.set(path, digest);
    say(`${what}: ${fileCount} files, ${sizeBytes.toLocaleString("en")} bytes, ${sentCount} new`);
    return digest;
  };
  let document = mapping;
  for (const { path, purpose, written, absolutePath, isFolder } of locals) {
    if (purpose === "code") {
      const digest = await sendFolder(absolutePath, `Code ${written}`);
      document = replaceAt(document, path, codeUri(digest));
    } else if (purpose === "input" && isFolder) {
      const digest = await sendFolder(absolutePath, `Input ${written}`);
      document = replaceAt(document, path, uploadUri({ digest }));
    } else if (purpose === "input") {
      const { sha256, sizeBytes } = await uploadFile(connection, workspace, absolutePath);
      say(`Input ${written}: ${sizeBytes.toLocaleString("en")} bytes`);
      document = replaceAt(document, path, uploadUri({ sha256, fileName: basename(absolutePath) }));
    }
  }
  return document;
}
