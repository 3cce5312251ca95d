import type { Command } from "commander";
import { UsageError } from "./errors.ts";

/** `-f`, and flags that win over the file. */
export function withFile(command: Command, required = true): Command {
  const flag = "-f, --file <path>";
  const described = required ? command.requiredOption(flag, "YAML file") : command.option(flag, "YAML file");
  return described.option("--set <path=value...>", "change the file before it is read");
}

export function withName(command: Command, required = true): Command {
  return required
    ? command.requiredOption("-n, --name <name>", "name")
    : command.option("-n, --name <name>", "name");
}

/** `-v` or `-l`: which version; neither means the newest. */
export function withVersion(command: Command): Command {
  return command
    .option("-v, --version <version>", "version")
    .option("-l, --label <label>", "label, such as latest");
}

/** The version part of an address: `3` or `@label`. */
export function versionPart(flags: { version?: string; label?: string }): string {
  if (flags.version !== undefined && flags.label !== undefined)
    throw new UsageError("Give --version or --label, not both.");
  return flags.version ?? `@${flags.label ?? "latest"}`;
}

export function withPaging(command: Command): Command {
  return command
    .option("-r, --max-results <n>", "how many at most")
    .option("--include-archived", "archived ones too")
    .option("--archived-only", "archived ones only");
}

export interface PagingFlags {
  maxResults?: string;
  includeArchived?: boolean;
  archivedOnly?: boolean;
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Reads pages until there are enough. */
export async function readAll<T extends object>(
  flags: PagingFlags,
  read: (page: { limit: number; archived: boolean; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const wanted = readWhole("--max-results", flags.maxResults, 1) ?? Number.POSITIVE_INFINITY;
  const archived = Boolean(flags.includeArchived || flags.archivedOnly);
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: Math.min(wanted, 500), archived, ...(cursor ? { cursor } : {}) });
    const isArchived = (item: T) => "archived" in item && item.archived === true;
    found.push(...page.items.filter((item) => !flags.archivedOnly || isArchived(item)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor && found.length < wanted);
  return found.slice(0, wanted);
}

/** `key=value` words of one flag as a mapping; “a=1 b=2” in one word counts as two. */
export function readPairs(
  flag: string,
  words: readonly string[] | undefined,
): Record<string, string> | undefined {
  if (!words) return undefined;
  const pairs = words.flatMap((word) => word.split(/\s+/).filter(Boolean));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new UsageError(`${flag}: “${pair}” is not name=value.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** `path=value` words of `--set`: each is one assignment, whose value may hold spaces. */
export function readAssignments(words: readonly string[] | undefined): [path: string, value: string][] {
  return (words ?? []).map((word) => {
    const at = word.indexOf("=");
    if (at < 1) throw new UsageError(`--set: “${word}” is not path=value.`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
}

export interface WordChanges {
  description?: string;
  tags?: Record<string, string>;
  displayName?: string;
}

/** The words of a thing that `update` may change: `--set description=…`, `--set tags.x=…`. */
export function readWordChanges(
  set: readonly string[] | undefined,
  tags: Record<string, string>,
  options: { displayName?: boolean } = {},
): WordChanges {
  const change: WordChanges = {};
  for (const [path, value] of readAssignments(set)) {
    if (path === "description") change.description = value;
    else if (path === "display_name" && options.displayName) change.displayName = value;
    else if (path.startsWith("tags.")) change.tags = { ...(change.tags ?? tags), [path.slice(5)]: value };
    else {
      const words = options.displayName ? "display_name, description and tags.x" : "description and tags.x";
      throw new UsageError(`--set: “${path}” cannot be changed; ${words} can.`);
    }
  }
  return change;
}

/** The entries that have a value: what `exactOptionalPropertyTypes` wants of flags that were not given. */
export function given<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

/** A flag that takes a whole number from `min` on. */
export function readWhole(flag: string, value: string | undefined, min = 0): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value) || Number(value) < min)
    throw new UsageError(`${flag}: “${value}” is not a whole number${min > 0 ? ` from ${min} on` : ""}.`);
  return Number(value);
}

/** Deleting asks first, unless `--yes` is given; without a terminal it must be given. */
export async function confirmDelete(what: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new UsageError(`Deleting ${what} needs --yes when there is no terminal to ask.`);
  const { createInterface } = await import("node:readline/promises");
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`Delete ${what}? (y/n) `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error("Nothing was deleted.");
}
