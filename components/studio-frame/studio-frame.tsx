"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { ShareButton } from "#components/people/share-dialog.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { RailFoot } from "#components/shell/rail-foot.tsx";
import { WorkspaceSwitcher } from "#components/shell/workspace-switcher.tsx";
import { useTheme } from "#components/theme/theme.ts";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useMe } from "#lib/account/hooks.ts";
import type { Me } from "#lib/account/model.ts";
import { orpc } from "#lib/api/client.ts";
import { useAccessRequests } from "#lib/members/hooks.ts";
import { frameVerbs, personMenu } from "./frame-menus.tsx";
import { rememberWorkspace } from "./last-workspace.ts";
import { navGroups } from "./nav-groups.tsx";
import { createPaletteProviders } from "./palette-search.tsx";
import { PeopleHere } from "./people-here.tsx";
import { useLiveStudio } from "./use-live-studio.ts";
import { useSessionEnd } from "./use-session-end.ts";
import { type CurrentWorkspace, WorkspaceContext } from "./workspace-context.ts";

export interface StudioFrameProps {
  /** As the server knew them; the frame keeps them up to date. */
  me: Me;
  workspace: CurrentWorkspace;
  children: ReactNode;
}

/** Slots of the targets that answer, and those in use. */
function useSlots(workspace: string): { used: number; total: number } {
  const { data } = useQuery(orpc.computes.list.queryOptions({ input: { workspace } }));
  const targets = (data?.items ?? []).filter(({ availability }) => availability.available);
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  return {
    used: sum(targets.map(({ runningCount }) => runningCount)),
    total: sum(targets.map(({ maxInstances }) => maxInstances)),
  };
}

/** The frame of every page of a workspace, filled: rail, workspaces, person, palette, live changes. */
export function StudioFrame({ me: first, workspace: given, children }: StudioFrameProps) {
  const { data: me = first, isFetchedAfterMount } = useMe(first);
  const mine = me.workspaces.find(({ name }) => name === given.name);
  const workspace = useMemo(() => ({ ...given, ...mine }), [given, mine]);
  const { choice } = useTheme();
  const { name, displayName } = workspace;
  const slots = useSlots(name);
  const { data: requests } = useAccessRequests(name, workspace.role === "owner");
  const asking = requests?.items.length ?? 0;
  useLiveStudio(name);
  useSessionEnd();
  useEffect(() => rememberWorkspace(name), [name]);
  const isStale = isFetchedAfterMount && mine?.role !== given.role;
  const { refresh } = useNavigate();
  useEffect(() => {
    // Given another role while looking, or taken out: the server answers with the page for what the visitor is now.
    if (isStale) refresh();
  }, [isStale, refresh]);
  const providers = useMemo(() => createPaletteProviders(name), [name]);
  const verbs = useMemo(() => frameVerbs(me, workspace), [me, workspace]);

  return (
    <WorkspaceContext.Provider value={workspace}>
      <AppShell
        nav={navGroups(name, { running: slots.used, asking })}
        homeHref={`/${name}`}
        workspaceName={displayName}
        workspace={
          <WorkspaceSwitcher
            current={displayName}
            workspaces={me.workspaces.map((one) => ({
              name: one.displayName,
              href: `/${one.name}`,
              hint: one.teamName,
            }))}
            actions={[{ label: "New workspace", icon: <Plus size={14} />, href: "/new-workspace" }]}
          />
        }
        bottom={
          <RailFoot
            person={{ id: me.id, name: me.name }}
            menu={personMenu(me, workspace, choice)}
            settingsHref={`/${name}/settings`}
            slots={{ ...slots, href: `/${name}/compute` }}
          />
        }
        topBarEnd={
          <>
            <ShareButton />
            <PeopleHere workspace={name} />
          </>
        }
        providers={providers}
        verbs={verbs}
      >
        {children}
      </AppShell>
    </WorkspaceContext.Provider>
  );
}
