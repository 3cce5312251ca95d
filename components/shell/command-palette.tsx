"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { NavGroup } from "./nav.ts";
import { PaletteList } from "./palette-list.tsx";
import {
  nextKind,
  type PaletteGroup,
  type PaletteItem,
  type PaletteProvider,
  type PaletteVerb,
  searchNav,
  searchVerbs,
} from "./palette-model.ts";
import { usePaletteResults } from "./use-palette-results.ts";

export type { PaletteItem, PaletteProvider, PaletteVerb };

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Where it searches: the workspace. */
  scope: string;
  nav: readonly NavGroup[];
  providers: readonly PaletteProvider[];
  verbs: readonly PaletteVerb[];
}

export function CommandPalette(props: CommandPaletteProps) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(next) => props.onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="enter-fade fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup className="enter-dialog fixed inset-x-2 top-[8vh] z-50 mx-auto flex max-h-[80vh] w-[640px] max-w-[calc(100vw-16px)] flex-col overflow-hidden rounded-dialog bg-raised text-ink shadow-3 outline-none">
          <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
          <PaletteBody {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Mounted with the popup, so that each opening starts empty. */
function PaletteBody({ open, onOpenChange, scope, nav, providers, verbs }: CommandPaletteProps) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const { push } = useNavigate();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);

  const verbsOnly = text.startsWith(">");
  const query = (verbsOnly ? text.slice(1) : text).trim();
  const { groups: found, failed, waiting } = usePaletteResults(providers, query, open && !verbsOnly);
  const all: PaletteGroup[] = [
    ...(verbsOnly ? [] : found),
    ...(verbsOnly ? [] : [{ kind: "Go to", items: searchNav(nav, query) }]),
    { kind: "Do", items: searchVerbs(verbs, query) },
  ].filter((group) => group.items.length > 0);
  const narrowed = all.filter((group) => kind === null || group.kind === kind);
  const groups = narrowed.length > 0 ? narrowed : all;
  const flat = groups.flatMap((group) =>
    group.items.map((item) => ({ item, key: `${group.kind}:${item.id}` })),
  );
  const current = flat[Math.min(at, flat.length - 1)];

  function choose(item: PaletteItem) {
    onOpenChange(false);
    if (item.href !== undefined) push(item.href);
    else item.run?.();
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && flat.length > 0)
      setAt((Math.min(at, flat.length - 1) + step + flat.length) % flat.length);
    else if (event.key === "Enter" && current) choose(current.item);
    else if (event.key === "Tab" && !event.shiftKey) {
      setKind(
        nextKind(
          all.map((group) => group.kind),
          kind,
        ),
      );
      setAt(0);
    } else if (event.key === "Backspace" && text === "" && kind !== null) setKind(null);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className="flex h-12 flex-none items-center gap-3 border-line border-b px-4">
        <Search size={16} className="text-ink-3" />
        <input
          ref={input}
          role="combobox"
          aria-label="Search or jump to"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={current ? `${listId}-${encodeURIComponent(current.key)}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={verbsOnly ? "What to do" : "Search or jump to"}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-[15px] outline-none"
        />
        {kind === null ? null : (
          <Tag tone="accent" onRemove={() => setKind(null)} label={kind}>
            {kind}
          </Tag>
        )}
        <Tag className="max-sm:hidden">{scope}</Tag>
      </div>
      <PaletteList
        id={listId}
        groups={groups}
        query={query}
        currentKey={current?.key}
        waiting={waiting}
        failed={failed}
        onChoose={choose}
        onPoint={(key) => setAt(flat.findIndex((each) => each.key === key))}
      />
      <div className="flex h-9 flex-none items-center gap-2 border-line border-t px-4 text-secondary text-ink-3 max-sm:hidden">
        <Kbd keys="↑ ↓" split /> move
        <span className="w-1" />
        <Kbd keys="Tab" /> narrow
        <span className="ml-auto" />
        <Kbd keys=">" /> commands only
      </div>
    </>
  );
}
