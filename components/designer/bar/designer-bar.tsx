"use client";

import { ChevronLeft, CircleHelp, Cloud, CloudOff, History, Menu as MenuIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ShareButton } from "#components/people/share-dialog.tsx";
import { useShell } from "#components/shell/shell-context.ts";
import { AvatarStack } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatClock } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { EditableTitle } from "../inspector/editable-title.tsx";
import { useDesigner } from "../session/designer.ts";
import type { Connection } from "../session/open-draft.ts";
import { useOthers } from "../session/others.ts";
import { usePanel } from "../session/use-panels.ts";

export interface SaveState {
  connection: Connection;
  /** Changes that only this page has. */
  unsent: number;
  savedAt: number | null;
}

interface DesignerBarProps {
  name: string;
  version: number;
  me: { id: string; name: string } | null;
  save: SaveState;
  onRename: (name: string) => void;
  children: ReactNode;
}

/** The top bar of the designer: the draft, how it is saved, who is in it, and what is done with all of it. */
export function DesignerBar({ name, version, me, save, onRename, children }: DesignerBarProps) {
  const { workspace, mayEdit } = useDesigner();
  const { openKeys, openNav } = useShell();
  const [history, setHistory] = usePanel("history");
  const others = useOthers((all) => all.map(({ id, name: other }) => ({ id, name: other })));
  const people = [...new Map([...(me ? [me] : []), ...others].map((person) => [person.id, person])).values()];
  return (
    <header className="flex h-11 flex-none items-center gap-2 border-line border-b bg-panel px-2 max-sm:h-13 sm:px-4">
      <Link
        href={`/${workspace}/designer`}
        aria-label="Back to Designer"
        className={cn(buttonClass({ variant: "quiet", size: "touch" }), "w-11 px-0 sm:hidden")}
      >
        <ChevronLeft size={20} />
      </Link>
      <IconButton
        label="Open the navigation"
        icon={<MenuIcon size={18} />}
        size="touch"
        tooltip={false}
        onClick={openNav}
        className="sm:hidden"
      />
      <nav aria-label="Breadcrumb" className="flex min-w-0 flex-1 items-center gap-2">
        <Link
          href={`/${workspace}/designer`}
          className="flex-none text-body text-ink-2 hover:text-ink max-sm:hidden"
        >
          Designer
        </Link>
        <span aria-hidden="true" className="text-ink-3 max-sm:hidden">
          /
        </span>
        <EditableTitle
          heading="h1"
          label="Name of the draft"
          value={name}
          disabled={!mayEdit}
          onKeep={(next) => next !== "" && onRename(next)}
        />
        <button
          type="button"
          aria-pressed={history}
          onClick={() => setHistory(!history)}
          className="flex h-5 flex-none items-center gap-1 rounded-tag bg-active px-1.5 text-label text-ink-2 hover:text-ink max-sm:hidden"
        >
          <History size={12} />
          Draft {version}
        </button>
        <Saved save={save} />
      </nav>
      <div className="flex flex-none items-center gap-2">
        <span className="max-wide:hidden">
          <AvatarStack people={people} />
        </span>
        <span className="max-wide:hidden">
          <ShareButton />
        </span>
        {children}
        <IconButton
          label="Keys and help"
          keys="?"
          icon={<CircleHelp size={16} />}
          onClick={openKeys}
          className="max-wide:hidden"
        />
      </div>
    </header>
  );
}

function Saved({ save: { connection, unsent, savedAt } }: { save: SaveState }) {
  const isOff = connection === "offline" || connection === "refused";
  const text =
    connection === "refused"
      ? "Not saved: sign in again, or ask for access"
      : connection === "offline"
        ? unsent > 0
          ? `Offline, ${unsent === 1 ? "1 change" : `${unsent} changes`} kept here`
          : "Offline"
        : connection === "connecting"
          ? "Opening"
          : connection === "saving"
            ? "Saving"
            : savedAt === null
              ? "Saved"
              : `Saved ${formatClock(savedAt)}`;
  return (
    <span
      role="status"
      className={cn(
        "flex min-w-0 items-center gap-1.5 whitespace-nowrap text-secondary tabular-nums max-sm:hidden",
        isOff ? "text-warning" : "text-ink-3",
      )}
    >
      {isOff ? <CloudOff size={14} /> : <Cloud size={14} />}
      <span className="truncate">{text}</span>
    </span>
  );
}
