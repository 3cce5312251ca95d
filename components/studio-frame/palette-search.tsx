"use client";

import { Box, Container, Database, ListTree, Puzzle, Radio, Workflow } from "lucide-react";
import { createElement } from "react";
import type { PaletteItem, PaletteProvider } from "#components/shell/palette-model.ts";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { api } from "#lib/api/client.ts";
import type { SearchKind, SearchResult } from "#lib/search/model.ts";

/** What the palette calls each kind, where its pages are, in the order of the groups. */
const kinds = [
  { kind: "run", label: "Runs", path: "runs", icon: ListTree },
  { kind: "draft", label: "Drafts", path: "designer", icon: Workflow },
  { kind: "dataset", label: "Data", path: "data", icon: Database },
  { kind: "model", label: "Models", path: "models", icon: Box },
  { kind: "component", label: "Components", path: "components", icon: Puzzle },
  { kind: "endpoint", label: "Endpoints", path: "endpoints", icon: Radio },
  { kind: "environment", label: "Environments", path: "environments", icon: Container },
] as const satisfies readonly { kind: SearchKind; label: string; path: string; icon: typeof Box }[];

function toItem(workspace: string, found: SearchResult): PaletteItem {
  const known = kinds.find(({ kind }) => kind === found.kind) ?? kinds[0];
  return {
    id: `${found.kind}/${found.name}`,
    title: found.title,
    detail: found.fact || undefined,
    icon: found.status ? (
      <StatusIcon kind={describeRunStatus(found.status).kind} size={14} label />
    ) : (
      createElement(known.icon, { size: 14 })
    ),
    href: `/${workspace}/${known.path}/${encodeURIComponent(found.name)}`,
  };
}

/** The things of a workspace for the palette: one request per text, shared by the groups. */
export function createPaletteProviders(workspace: string): PaletteProvider[] {
  let last: { query: string; signal: AbortSignal; answer: Promise<SearchResult[]> } | undefined;
  function ask(query: string, signal: AbortSignal): Promise<SearchResult[]> {
    if (last?.query !== query || last.signal !== signal) {
      const answer = api.search.find({ workspace, q: query }, { signal }).then(({ items }) => items);
      last = { query, signal, answer };
    }
    return last.answer;
  }
  return kinds.map(({ kind, label }) => ({
    kind: label,
    search: async (query, signal) =>
      (await ask(query, signal))
        .filter((found) => found.kind === kind)
        .map((found) => toItem(workspace, found)),
  }));
}
