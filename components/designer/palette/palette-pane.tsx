"use client";

import { Plus } from "lucide-react";
import { useDeferredValue, useRef, useState } from "react";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useDesigner } from "../session/designer.ts";
import { DatasetsTab, ModelsTab } from "./assets-tab.tsx";
import { ModulesTab } from "./modules-tab.tsx";
import type { Palette } from "./use-palette.ts";

type Tab = "modules" | "data" | "models";
const tabs: { value: Tab; label: string }[] = [
  { value: "modules", label: "Modules" },
  { value: "data", label: "Data" },
  { value: "models", label: "Models" },
];
const finds: Record<Tab, string> = {
  modules: "Find a module",
  data: "Find a dataset",
  models: "Find a model",
};

/** Moves the focus among the rows of the list, as arrows do in a list. */
function moveFocus(box: HTMLElement | null, step: 1 | -1): boolean {
  const rows = [...(box?.querySelectorAll<HTMLElement>("button") ?? [])];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + step];
  next?.focus();
  return next !== undefined;
}

/** What can be put on the canvas, at its left. */
export function PalettePane({ palette }: { palette: Palette }) {
  const { workspace } = useDesigner();
  const [tab, setTab] = useState<Tab>("modules");
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useShortcut({
    keys: "/",
    label: "Find in the palette",
    group: "Designer",
    run: () => {
      field.current?.focus();
      field.current?.select();
    },
  });
  return (
    <aside
      aria-label="Palette"
      className="flex w-[200px] flex-none flex-col border-line border-r bg-panel max-wide:w-[180px] max-sm:hidden"
    >
      <h2 className="sr-only">Palette</h2>
      <div className="flex flex-none flex-col gap-2 p-2 pb-1.5">
        <Segmented
          label="What the palette shows"
          options={tabs}
          value={tab}
          onValueChange={setTab}
          className="flex [&>button]:flex-1 [&>button]:px-1"
        />
        <SearchInput
          ref={field}
          size="md"
          label={finds[tab]}
          placeholder={finds[tab]}
          value={search}
          onValueChange={setSearch}
          trailing={<Kbd keys="/" />}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") {
              event.preventDefault();
              const first =
                list.current?.querySelector<HTMLElement>("[data-palette-row]") ??
                list.current?.querySelector("button");
              (first as HTMLElement | null)?.focus();
            }
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows beside Tab, which goes through the same buttons */}
      <div
        ref={list}
        className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-3"
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step === 0) return;
          event.preventDefault();
          if (!moveFocus(list.current, step) && step === -1) field.current?.focus();
        }}
      >
        {tab === "modules" ? (
          <ModulesTab palette={palette} search={wanted} />
        ) : tab === "data" ? (
          <DatasetsTab search={wanted} />
        ) : (
          <ModelsTab search={wanted} />
        )}
      </div>
      <div className="flex-none border-line border-t p-1.5">
        <ButtonLink
          href={`/${workspace}/components?new=1`}
          variant="quiet"
          icon={<Plus size={14} />}
          className="w-full justify-start text-body font-normal"
        >
          New component
        </ButtonLink>
      </div>
    </aside>
  );
}
