"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useState } from "react";
import { Page } from "#components/shell/page.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { useNarrow } from "#components/ui/use-media.ts";
import { useMe } from "#lib/account/hooks.ts";
import { orpc } from "#lib/api/client.ts";
import { useLiveEvents } from "#lib/live/hooks.ts";
import type { SaveState } from "./bar/designer-bar.tsx";
import { OpenDesigner } from "./open-designer.tsx";
import { createDesigner } from "./session/create-designer.ts";
import type { Designer } from "./session/designer.ts";
import type { Connection, OpenDraft } from "./session/open-draft.ts";
import { type Other, OthersContext } from "./session/others.ts";
import { PresenceContext, type PresenceSender } from "./session/presence.ts";
import { sharePresence } from "./session/share-presence.ts";
import { createStore } from "./session/store.ts";

/** The rail shows only its icons while the designer is open; the choice for other pages stays. */
function useFoldedRail(): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    const before = dataset.rail;
    dataset.rail = "collapsed";
    return () => {
      if (before === undefined) delete dataset.rail;
      else dataset.rail = before;
    };
  }, []);
}

interface Opened {
  designer: Designer;
  sender: PresenceSender;
}

function useOpenDraft(
  workspace: string,
  draft: string,
  mayEdit: boolean,
  me: { id: string; name: string } | undefined,
) {
  const [others] = useState(() => createStore<readonly Other[]>([]));
  const [opened, setOpened] = useState<Opened | null>(null);
  const [save, setSave] = useState<SaveState>({ connection: "connecting", unsent: 0, savedAt: null });
  const id = me?.id;
  const name = me?.name;
  useEffect(() => {
    if (id === undefined || name === undefined) return;
    let stop = () => {};
    const note = (connection: Connection) =>
      setSave((now) => ({
        ...now,
        connection,
        savedAt: connection === "saved" && now.connection === "saving" ? Date.now() : now.savedAt,
      }));
    let shared: OpenDraft | null = null;
    let made = false;
    let stopped = false;
    const open = async () => {
      // Comes when a draft is opened: Yjs and the connection are of no use to the server that makes the page.
      const { openDraft } = await import("./session/open-draft.ts");
      if (stopped) return;
      const draftShared: OpenDraft = openDraft({
        workspace,
        draft,
        onConnection: note,
        onUnsent: (unsent) => setSave((now) => ({ ...now, unsent })),
        onSynced: () => {
          if (stopped || made) return;
          made = true;
          const { designer, stop: stopDesigner } = createDesigner({
            workspace,
            draft,
            mayEdit,
            document: draftShared.document,
          });
          const awareness = draftShared.provider.awareness;
          const presence = awareness ? sharePresence(awareness, { id, name }, others) : null;
          const stopSelection = designer.selection.subscribe(() =>
            presence?.sender.select([...designer.selection.get()]),
          );
          stop = () => {
            stopSelection();
            presence?.stop();
            stopDesigner();
          };
          setOpened({ designer, sender: presence?.sender ?? { point() {}, drag() {}, select() {} } });
        },
      });
      shared = draftShared;
    };
    void open();
    return () => {
      stopped = true;
      stop();
      shared?.close();
      setOpened(null);
    };
  }, [workspace, draft, mayEdit, id, name, others]);
  return { opened, others, save };
}

/** The designer: one draft, full screen. */
export function DesignerPage({ draft }: { draft: string }) {
  const { name: workspace, can } = useCurrentWorkspace();
  const narrow = useNarrow();
  // On a narrow screen the canvas is for looking.
  const mayEdit = can("contributor") && !narrow;
  const { data: me } = useMe();
  const client = useQueryClient();
  useFoldedRail();
  const options = orpc.designer.get.queryOptions({ input: { workspace, draft } });
  const query = useQuery(options);
  useLiveEvents(workspace, (event) => {
    if (event === "reset" || (event.kind === "draft" && event.name === draft)) {
      void client.invalidateQueries({ queryKey: options.queryKey });
      for (const made of [orpc.designer.versions, orpc.designer.diff])
        void client.invalidateQueries({ queryKey: made.key() });
    }
  });
  const { opened, others, save } = useOpenDraft(workspace, draft, mayEdit, me);
  if (query.error && !query.data)
    return (
      <Page crumbs={[{ label: "Designer", href: `/${workspace}/designer` }, { label: "Draft" }]}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  if (!query.data || !opened)
    return (
      <Page
        crumbs={[
          { label: "Designer", href: `/${workspace}/designer` },
          { label: query.data?.name ?? "Opening" },
        ]}
        body="fixed"
      >
        <div
          role="status"
          className="show-late flex flex-1 items-center justify-center bg-bg text-body text-ink-3"
        >
          {save.connection === "refused"
            ? "The draft cannot be opened for editing. Sign in again, or ask for access."
            : save.connection === "offline"
              ? "The studio does not answer. It is tried again."
              : "Opening the draft"}
        </div>
      </Page>
    );
  return (
    <OthersContext.Provider value={others}>
      <PresenceContext.Provider value={opened.sender}>
        <OpenDesigner designer={opened.designer} draft={query.data} save={save} me={me ?? null} />
      </PresenceContext.Provider>
    </OthersContext.Provider>
  );
}
