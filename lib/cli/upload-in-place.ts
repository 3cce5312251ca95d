import { basename } from "node:path";
import { codeUri, uploadUri } from "#lib/runs/uploads.ts";
import type { LocalFile } from "#lib/spec/load.ts";
import { formatPath, removeAt, replaceAt, type SpecPath } from "#lib/spec/paths.ts";
import type { Connection } from "./connection.ts";
import { describeUpload, type FolderPart, uploadFile, uploadFolder, uploadParts } from "./upload.ts";

/** Uploads what a document names on this machine, each thing once, and gives the document that names the uploads. */
export async function uploadInPlace(
  connection: Connection,
  workspace: string,
  mapping: Record<string, unknown>,
  locals: readonly LocalFile[],
  say: (line: string) => void,
): Promise<Record<string, unknown>> {
  const folders = new Map<string, string>();
  const sendOnce = async (
    key: string,
    what: string,
    send: () => ReturnType<typeof uploadFolder>,
  ): Promise<string> => {
    const known = folders.get(key);
    if (known) return known;
    const sent = await send();
    folders.set(key, sent.digest);
    say(`${what}: ${describeUpload(sent)}`);
    return sent.digest;
  };
  let document = mapping;
  for (const { holder, parts, words } of codeFolders(locals)) {
    const key = JSON.stringify(parts);
    const digest = await sendOnce(key, `Code ${words}`, () =>
      uploadParts(connection, workspace, parts, formatPath([...holder, "additional_includes"])),
    );
    document = replaceAt(document, [...holder, "code"], codeUri(digest));
    document = removeAt(document, [...holder, "additional_includes"]);
  }
  for (const { path, purpose, written, absolutePath, isFolder } of locals) {
    if (purpose !== "input") continue;
    if (isFolder) {
      const digest = await sendOnce(absolutePath, `Input ${written}`, () =>
        uploadFolder(connection, workspace, absolutePath),
      );
      document = replaceAt(document, path, uploadUri({ digest }));
    } else {
      const { sha256, sizeBytes } = await uploadFile(connection, workspace, absolutePath);
      say(`Input ${written}: ${sizeBytes.toLocaleString("en")} bytes`);
      document = replaceAt(document, path, uploadUri({ sha256, fileName: basename(absolutePath) }));
    }
  }
  return document;
}

interface CodeFolder {
  /** The component or step that it is the code of. */
  holder: SpecPath;
  parts: FolderPart[];
  words: string;
}

/** The code of each component: its folder with what it includes from elsewhere, which keeps its name. */
function codeFolders(locals: readonly LocalFile[]): CodeFolder[] {
  const found = new Map<string, CodeFolder>();
  const at = (holder: SpecPath): CodeFolder => {
    const key = formatPath(holder);
    const folder = found.get(key) ?? { holder, parts: [], words: "" };
    found.set(key, folder);
    return folder;
  };
  const add = (folder: CodeFolder, part: FolderPart, written: string) => {
    folder.parts.push(part);
    folder.words += `${folder.words === "" ? "" : " + "}${written}`;
  };
  for (const { path, purpose, written, absolutePath } of locals)
    if (purpose === "code") add(at(path.slice(0, -1)), { absolutePath, into: "" }, written);
  for (const { path, purpose, written, absolutePath, isFolder } of locals)
    if (purpose === "include") {
      const into = isFolder ? basename(absolutePath) : "";
      add(at(path.slice(0, -2)), { absolutePath, into }, written);
    }
  return [...found.values()];
}
