"use client";

import { Database, Radio, Terminal } from "lucide-react";
import type { ReactNode } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Link } from "#components/ui/navigation.tsx";

function Way({ icon, title, line }: { icon: ReactNode; title: string; line: string }) {
  return (
    <span className="flex items-start gap-3">
      <span className="mt-0.5 flex text-accent [&_svg]:size-4">{icon}</span>
      <span>
        <span className="block text-name text-ink">{title}</span>
        <span className="block text-secondary text-ink-2">{line}</span>
      </span>
    </span>
  );
}

const cell = "min-w-0 px-4 py-3 text-left hover:bg-hover focus-visible:-outline-offset-2";

/** The beginnings that the studio has, in one row. */
export function WaysToStart({ onUpload }: { onUpload: () => void }) {
  const { name } = useCurrentWorkspace();
  return (
    <div className="mt-5 grid divide-line overflow-hidden rounded-card border border-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
      <Link href={`/${name}/runs/new`} className={cell}>
        <Way icon={<Terminal />} title="Run a script" line="From a folder or a job file" />
      </Link>
      <button type="button" onClick={onUpload} className={cell}>
        <Way icon={<Database />} title="Bring in data" line="A CSV, Parquet or any other file" />
      </button>
      <Link href={`/${name}/models`} className={cell}>
        <Way icon={<Radio />} title="Deploy a model" line="To a web address that answers" />
      </Link>
    </div>
  );
}
