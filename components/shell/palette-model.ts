import type { ReactNode } from "react";
import type { NavGroup } from "./nav.ts";

/** Something the palette can open or do. */
export interface PaletteItem {
  id: string;
  title: string;
  /** Quieter, after the title: "v3, 29,999 × 21". */
  detail?: string | undefined;
  icon?: ReactNode;
  /** Keys that do the same: `n`. */
  keys?: string | undefined;
  /** Either a place … */
  href?: string | undefined;
  /** … or an act. */
  run?: (() => void) | undefined;
}

/** Where things of one kind come from. Return at once what is loaded; a promise is waited for while the rest shows. */
export interface PaletteProvider {
  /** The heading: "Runs". */
  kind: string;
  search: (query: string, signal: AbortSignal) => readonly PaletteItem[] | Promise<readonly PaletteItem[]>;
}

export interface PaletteVerb extends PaletteItem {
  /** More words to find it by. */
  words?: string | undefined;
}

export interface PaletteGroup {
  kind: string;
  items: readonly PaletteItem[];
}

/** True when every word of the query is in the text. */
export function matches(query: string, textOf: string): boolean {
  const text = textOf.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Parts of a text, the ones that match marked. */
export function markMatches(text: string, query: string): { text: string; hit: boolean }[] {
  const words = query.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [{ text, hit: false }];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text
    .split(new RegExp(`(${escaped.join("|")})`, "gi"))
    .map((part, index) => ({ text: part, hit: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/** Ranks titles: those that begin with the query first, then by length. */
function rank(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const begins = (item: PaletteItem) => (item.title.toLowerCase().startsWith(query.toLowerCase()) ? 0 : 1);
  return [...items].sort((a, b) => begins(a) - begins(b) || a.title.length - b.title.length);
}

export function searchNav(nav: readonly NavGroup[], query: string): PaletteItem[] {
  const items = nav
    .flatMap((group) => group.items)
    .filter((item) => matches(query, item.label))
    .map((item) => ({
      id: item.href,
      title: item.label,
      icon: item.icon,
      href: item.href,
      keys: item.goKey === undefined ? undefined : `g ${item.goKey}`,
    }));
  return query === "" ? items : rank(items, query);
}

export function searchVerbs(verbs: readonly PaletteVerb[], query: string): PaletteItem[] {
  const found = verbs.filter((verb) => matches(query, `${verb.title} ${verb.words ?? ""}`));
  return query === "" ? found : rank(found, query);
}

/** The kind after this one; after the last comes none. */
export function nextKind(kinds: readonly string[], kind: string | null): string | null {
  const at = kind === null ? -1 : kinds.indexOf(kind);
  return kinds[at + 1] ?? null;
}
