"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { formatBytes } from "#components/ui/format.ts";
import type { Language } from "#components/ui/highlight.ts";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { isPicture } from "#lib/files/model.ts";
export interface FileItem {
  path: string;
  sizeBytes: number;
}

const view = { file: text() };
const maxShownBytes = 1024 * 1024;

const languages: Record<string, Language> = {
  py: "python",
  json: "json",
  yml: "yaml",
  yaml: "yaml",
  js: "javascript",
  sh: "bash",
};
const textTypes =
  /(\.(py|json|ya?ml|js|ts|sh|txt|log|csv|md|cfg|toml|ini|xml|html)|(^|\/)(MLmodel|Dockerfile|\.\w+ignore))$/i;

function FileView({ href, path, sizeBytes }: { href: string; path: string; sizeBytes: number }) {
  const isText = textTypes.test(path) && sizeBytes <= maxShownBytes;
  const content = useQuery({
    queryKey: ["file", href],
    enabled: isText,
    queryFn: async ({ signal }) => {
      const response = await fetch(href, { signal });
      if (!response.ok) throw new Error(`The studio answered ${response.status}.`);
      return response.text();
    },
  });
  if (isPicture(path)) {
    return <img src={href} alt={path} className="max-w-full rounded-card border border-line bg-subtle" />;
  }
  if (!isText) {
    return (
      <EmptyState
        title={sizeBytes > maxShownBytes ? "Too large to show here" : "This kind of file is not shown"}
      >
        {path}, {formatBytes(sizeBytes)}. Download it to look inside.
      </EmptyState>
    );
  }
  if (content.error) return <ErrorState error={content.error} onRetry={() => void content.refetch()} />;
  if (content.data === undefined) return <SkeletonText lines={8} />;
  const extension = path.slice(path.lastIndexOf(".") + 1);
  return <CodeBlock code={content.data} language={languages[extension]} label={path} />;
}

function FileRow({ item, current, onChoose }: { item: FileItem; current: boolean; onChoose: () => void }) {
  return (
    <li>
      <button
        type="button"
        aria-current={current ? "true" : undefined}
        onClick={onChoose}
        className={cn(
          "flex min-h-7 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover max-sm:min-h-11",
          current && "bg-active",
        )}
      >
        <FileText size={14} className="flex-none text-ink-3" />
        <span className="min-w-0 flex-1 truncate text-body" title={item.path}>
          {item.path}
        </span>
        <span className="flex-none text-caption text-ink-3 tabular-nums">{formatBytes(item.sizeBytes)}</span>
      </button>
    </li>
  );
}

export interface FileBrowserProps {
  /** At least one file in all. */
  groups: readonly { title: string; items: readonly FileItem[] }[];
  /** Where the bytes of a file are; `&download=1` is added to save it. */
  hrefOf: (path: string) => string;
  /** Under the list. */
  foot?: ReactNode;
}

/** Files: a list at the left, the chosen one at the right. Which one is in the address. */
export function FileBrowser({ groups, hrefOf, foot }: FileBrowserProps) {
  const [{ file }, setView] = useUrlState(view);
  const items = groups.flatMap((group) => group.items);
  const chosen = items.find((item) => item.path === file) ?? items[0];
  if (!chosen) return null;
  return (
    <div className="flex flex-1 max-sm:flex-col">
      <nav
        aria-label="Files"
        className="flex w-72 flex-none flex-col border-line border-r py-3 max-sm:w-full max-sm:border-r-0 max-sm:border-b"
      >
        {groups.map((group) => (
          <div key={group.title} className="px-3 pb-2">
            {groups.length > 1 ? <p className="px-2 py-1 text-secondary text-ink-3">{group.title}</p> : null}
            <ul aria-label={group.title} className="flex flex-col">
              {group.items.map((item) => (
                <FileRow
                  key={item.path}
                  item={item}
                  current={item === chosen}
                  onChoose={() => setView({ file: item.path })}
                />
              ))}
            </ul>
          </div>
        ))}
        {foot}
      </nav>
      <div className="min-w-0 flex-1 p-4 sm:p-6">
        <div className="mb-3 flex items-center gap-3">
          <h2 className="min-w-0 flex-1 truncate text-section">{chosen.path}</h2>
          <ButtonLink size="sm" icon={<Download size={14} />} href={`${hrefOf(chosen.path)}&download=1`}>
            Download
          </ButtonLink>
        </div>
        <FileView
          key={chosen.path}
          href={hrefOf(chosen.path)}
          path={chosen.path}
          sizeBytes={chosen.sizeBytes}
        />
      </div>
    </div>
  );
}
