import type { FileItem } from "#components/files/file-browser.tsx";

const groupTitles = ["Saved by the run", "Your log", "System"] as const;

/** What the run saved comes first; the logs that the studio wrote beside it are last. */
export function groupFiles(items: readonly FileItem[]): { title: string; items: FileItem[] }[] {
  const place = (path: string) =>
    path.startsWith("user_logs/") ? 1 : path.startsWith("system_logs/") ? 2 : 0;
  return groupTitles
    .map((title, index) => ({ title, items: items.filter((item) => place(item.path) === index) }))
    .filter((group) => group.items.length > 0);
}
