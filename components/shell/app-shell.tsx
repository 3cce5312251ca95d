"use client";

import { Dialog } from "@base-ui/react/dialog";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useNavigate, usePathname } from "#components/ui/navigation.tsx";
import { CommandPalette, type PaletteProvider, type PaletteVerb } from "./command-palette.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import type { NavGroup } from "./nav.ts";
import { Rail } from "./rail.tsx";
import { ShellContext } from "./shell-context.ts";
import { useShortcut } from "./shortcuts.ts";

export interface AppShellProps {
  nav: readonly NavGroup[];
  homeHref: string;
  /** Named in the palette. */
  workspaceName: string;
  workspace?: ReactNode;
  bottom?: ReactNode;
  /** At the right of every top bar: people here now. */
  topBarEnd?: ReactNode;
  /** What the palette searches besides the navigation. */
  providers?: readonly PaletteProvider[] | undefined;
  verbs?: readonly PaletteVerb[] | undefined;
  children: ReactNode;
}

/** The frame of every page in a workspace: rail, palette, keys. Pages bring a `Page` with their own top bar. */
export function AppShell(props: AppShellProps) {
  const { nav, homeHref, workspaceName, workspace, bottom, topBarEnd, providers, verbs, children } = props;
  const [layer, setLayer] = useState<"search" | "keys" | "nav">();
  const pathname = usePathname();
  const only = (name: typeof layer) => (open: boolean) => setLayer(open ? name : undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes what lay over the old one
  useEffect(() => setLayer(undefined), [pathname]);
  useShortcut({
    keys: "mod+k",
    label: "Search or jump to",
    group: "Everywhere",
    run: () => setLayer("search"),
  });
  useShortcut({ keys: "?", label: "All keys", group: "Everywhere", run: () => setLayer("keys") });

  const context = useMemo(
    () => ({
      openSearch: () => setLayer("search"),
      openKeys: () => setLayer("keys"),
      openNav: () => setLayer("nav"),
      topBarEnd,
    }),
    [topBarEnd],
  );
  const rail = { groups: nav, homeHref, workspace, bottom, onSearch: () => setLayer("search") };

  return (
    <ShellContext.Provider value={context}>
      {/* In a landmark of its own: no page may have anything outside of one. */}
      <nav aria-label="Skip">
        <a
          href="#main"
          className="fixed top-2 left-2 z-60 -translate-y-16 rounded-control bg-ink px-3 py-2 text-name text-panel focus:translate-y-0"
        >
          Skip to the page
        </a>
      </nav>
      <div className="flex h-dvh min-h-0 bg-panel">
        <aside aria-label="Navigation" className="flex-none border-line border-r max-sm:hidden">
          <Rail {...rail} />
        </aside>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      </div>
      <Dialog.Root open={layer === "nav"} onOpenChange={only("nav")}>
        <Dialog.Portal>
          <Dialog.Backdrop className="enter-fade fixed inset-0 z-40 bg-scrim" />
          <Dialog.Popup className="enter-drawer fixed inset-y-0 left-0 z-40 w-72 max-w-[85vw] bg-bg shadow-3 outline-none">
            <Dialog.Title className="sr-only">Navigation</Dialog.Title>
            <Rail {...rail} drawer />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <CommandPalette
        open={layer === "search"}
        onOpenChange={only("search")}
        scope={workspaceName}
        nav={nav}
        providers={providers ?? []}
        verbs={verbs ?? []}
      />
      <KeysDialog open={layer === "keys"} onOpenChange={only("keys")} />
      {nav.flatMap((group) =>
        group.items.map((item) =>
          item.goKey === undefined ? null : (
            <GoKey key={item.href} keys={`g ${item.goKey}`} label={item.label} href={item.href} />
          ),
        ),
      )}
    </ShellContext.Provider>
  );
}

function GoKey({ keys, label, href }: { keys: string; label: string; href: string }) {
  const { push } = useNavigate();
  useShortcut({ keys, label, group: "Go to", run: () => push(href) });
  return null;
}
