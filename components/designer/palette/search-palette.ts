import type { ComponentDefinition } from "#lib/components/model.ts";

export interface PaletteGroup {
  name: string;
  title: string;
  items: ComponentDefinition[];
}

/** How well a component answers a search: a name that begins with it, a word of the name, then description and help. */
export function scoreComponent(item: ComponentDefinition, words: readonly string[]): number {
  const title = item.displayName.toLowerCase();
  const rest = `${item.description} ${item.help} ${item.category.replaceAll("_", " ")}`.toLowerCase();
  // The name itself before longer ones with the same words.
  const phrase = words.join(" ");
  let score = words.length === 0 ? 0 : title === phrase ? 100 : title.startsWith(phrase) ? 10 : 0;
  for (const word of words) {
    if (title.startsWith(word)) score += 8;
    else if (title.split(/[\s-]+/).some((part) => part.startsWith(word))) score += 6;
    else if (title.includes(word) || item.name.includes(word)) score += 4;
    else if (rest.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The best answers first; of equal ones, in the order of the alphabet. */
export function searchComponents(
  items: readonly ComponentDefinition[],
  search: string,
): ComponentDefinition[] {
  const words = wordsOf(search);
  return items
    .map((item) => ({ item, score: scoreComponent(item, words) }))
    .filter(({ score }) => words.length === 0 || score > 0)
    .sort((a, b) => b.score - a.score || a.item.displayName.localeCompare(b.item.displayName))
    .map(({ item }) => item);
}

/** Groups with what they hold of the search, in the palette's order; empty ones are left out. */
export function groupComponents(
  items: readonly ComponentDefinition[],
  groups: readonly { name: string; title: string }[],
  search: string,
): PaletteGroup[] {
  const words = wordsOf(search);
  const found = words.length === 0 ? items : items.filter((item) => scoreComponent(item, words) > 0);
  const known = new Set(groups.map(({ name }) => name));
  const others = [...new Set(found.map(({ category }) => category))].filter((name) => !known.has(name));
  return [...groups, ...others.map((name) => ({ name, title: name.replaceAll("_", " ") }))]
    .map((group) => ({
      ...group,
      items: found
        .filter(({ category }) => category === group.name)
        .sort((a, b) => a.displayName.localeCompare(b.displayName)),
    }))
    .filter(({ items: own }) => own.length > 0);
}
