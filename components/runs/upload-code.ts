import ignore from "ignore";
import { uploadBlob } from "#components/datasets/upload-blob.ts";
import { api } from "#lib/api/client.ts";

export interface CodeFile {
  path: string;
  file: File;
}

export interface UploadedCode {
  digest: string;
  fileCount: number;
  sizeBytes: number;
}

const maxFiles = 5000;

/**
 * The files of a chosen folder that a snapshot holds: without `.git` and caches, and without what `.amlignore` excludes,
 * or `.gitignore` where there is no `.amlignore`.
 */
export async function pickCodeFiles(files: readonly File[]): Promise<CodeFile[]> {
  const inFolder = files.map((file) => {
    const full = file.webkitRelativePath || file.name;
    return { path: file.webkitRelativePath ? full.slice(full.indexOf("/") + 1) : full, file };
  });
  const find = (name: string) => inFolder.find((entry) => entry.path === name);
  const rules = find(".amlignore") ?? find(".gitignore");
  const excluded = ignore().add([".git", "__pycache__", ".ipynb_checkpoints"]);
  if (rules) excluded.add(await rules.file.text());
  const picked = inFolder.filter((entry) => !excluded.ignores(entry.path));
  if (picked.length > maxFiles) {
    throw new Error(
      `The folder has ${picked.length} files; ${maxFiles} is the most. Exclude data in .amlignore.`,
    );
  }
  return picked;
}

/** Sends the files one after the other and names the folder by its content. */
export async function uploadCode(
  workspace: string,
  files: readonly CodeFile[],
  onProgress: (loadedBytes: number) => void,
  signal: AbortSignal,
): Promise<UploadedCode> {
  const stored: { path: string; sha256: string }[] = [];
  let before = 0;
  for (const { path, file } of files) {
    const blob = await uploadBlob(workspace, file, (loaded) => onProgress(before + loaded), signal);
    before += file.size;
    onProgress(before);
    stored.push({ path, sha256: blob.sha256 });
  }
  return api.files.createTree({ workspace, files: stored });
}
