import type { Command } from "commander";
import { addVerb, type Invocation } from "../command.ts";
import {
  type PagingFlags,
  readAll,
  readWordChanges,
  versionPart,
  type WordChanges,
  withName,
  withPaging,
  withVersion,
} from "../flags.ts";

export interface AssetFlags {
  name: string;
  version?: string;
  label?: string;
}

type Call = Pick<Invocation<object>, "connection" | "workspace">;
type Shape = Record<string, unknown>;

/** What the verbs of things with versions need to know of one kind of them. */
export interface AssetKind<
  Version extends { version: string; tags: Record<string, string> },
  Summary extends object,
> {
  /** "a dataset", "datasets". */
  words: { one: string; many: string };
  /** `version` is an exact one, or `@label`. */
  find(call: Call, name: string, version: string): Promise<Version>;
  versions(call: Call, name: string): Promise<Version[]>;
  page(
    call: Call,
    page: { limit: number; archived: "true" | "false"; cursor?: string },
  ): Promise<{ items: Summary[]; nextCursor: string | null }>;
  change(
    call: Call,
    name: string,
    version: string,
    change: WordChanges & { archived?: boolean },
  ): Promise<Version>;
  /** Takes the thing with all its versions out of the lists, or brings it back. */
  archive(call: Call, name: string, archived: boolean): Promise<unknown>;
  show(version: Version): Shape;
  showLine(summary: Summary): Shape;
  /** Whether a version has a shown name that `update` changes. */
  hasDisplayName?: boolean;
}

/** `show`, `list`, `update`, `archive`, `restore`: the same for datasets, environments and components. */
export function addAssetVerbs<
  Version extends { version: string; tags: Record<string, string> },
  Summary extends object,
>(group: Command, kind: AssetKind<Version, Summary>): void {
  const { one, many } = kind.words;
  addVerb<AssetFlags>(
    group,
    "show",
    "one version",
    (command) => withVersion(withName(command)),
    async (call) => kind.show(await kind.find(call, call.flags.name, versionPart(call.flags))),
  );
  addVerb<PagingFlags & { name?: string }>(
    group,
    "list",
    `${many}, or the versions of one`,
    (command) => withPaging(withName(command, false)),
    async (call) => {
      const { flags } = call;
      if (flags.name) return (await kind.versions(call, flags.name)).map(kind.show);
      const items = await readAll(flags, ({ archived, ...page }) =>
        kind.page(call, { ...page, archived: archived ? "true" : "false" }),
      );
      return items.map(kind.showLine);
    },
  );
  const settable = `${kind.hasDisplayName ? "display_name=…, " : ""}description=…, tags.x=…`;
  addVerb<AssetFlags & { set?: string[] }>(
    group,
    "update",
    "change what is said about a version",
    (command) => withVersion(withName(command)).option("--set <path=value...>", settable),
    async (call) => {
      const { name, set } = call.flags;
      const current = await kind.find(call, name, versionPart(call.flags));
      const change = readWordChanges(set, current.tags, { displayName: kind.hasDisplayName ?? false });
      return kind.show(await kind.change(call, name, current.version, change));
    },
  );
  addArchiveVerbs(group, one, {
    version: (call, name, version, archived) => kind.change(call, name, version, { archived }),
    all: kind.archive,
  });
}

/** `archive` and `restore`, of one version or of all. */
export function addArchiveVerbs(
  group: Command,
  one: string,
  set: {
    version(call: Call, name: string, version: string, archived: boolean): Promise<unknown>;
    all(call: Call, name: string, archived: boolean): Promise<unknown>;
  },
): void {
  for (const [verb, archived] of [
    ["archive", true],
    ["restore", false],
  ] as const) {
    addVerb<AssetFlags>(
      group,
      verb,
      archived
        ? `take ${one} or a version out of the lists; what names it still finds it`
        : `bring ${one} or a version back`,
      (command) => withVersion(withName(command)),
      async (call) => {
        const { name, version, label } = call.flags;
        if (version === undefined && label === undefined) await set.all(call, name, archived);
        else await set.version(call, name, versionPart(call.flags), archived);
      },
    );
  }
}
