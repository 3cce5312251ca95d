/** The files of dropped folders, each with its path; a browser gives a folder only entry by entry. */
export async function readDroppedFiles(items: DataTransferItemList): Promise<File[]> {
  // Entries must be taken before the first wait: the list is emptied when the event is over.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: File[] = [];
  const single = entries.length === 1;
  for (const entry of entries) await collect(entry, single && entry.isDirectory ? "" : entry.name, found);
  return found;
}

async function collect(entry: FileSystemEntry, path: string, found: File[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push(withPath(file, path));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return;
    for (const child of batch)
      await collect(child, path === "" ? child.name : `${path}/${child.name}`, found);
  }
}

/** With the folder's own name in front, as the chooser of folders gives it. */
function withPath(file: File, path: string): File {
  Object.defineProperty(file, "webkitRelativePath", { value: `code/${path}` });
  return file;
}
