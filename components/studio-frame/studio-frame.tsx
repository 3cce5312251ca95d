"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LogOut, Monitor, Moon, Plus, Sun, User, UserPlus } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { ShareButton } from "#components/people/share-dialog.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import type { PaletteVerb } from "#components/shell/palette-model.ts";
import { RailFoot } from "#components/shell/rail-foot.tsx";
import { WorkspaceSwitcher } from "#components/shell/workspace-switcher.tsx";
import { setTheme, type ThemeChoice, useTheme } from "#components/theme/theme.ts";
import type { MenuEntry } from "#components/ui/menu.tsx";
import { useMe } from "#lib/account/hooks.ts";
import type { Me } from "#lib/account/model.ts";
import { orpc } from "#lib/api/client.ts";
import { signOut } from "#lib/auth/browser.ts";
import { rememberWorkspace } from "./last-workspace.ts";
import { navGroups } from "./nav-groups.tsx";
import { createPaletteProviders } from "./palette-search.tsx";
import { PeopleHere } from "./people-here.tsx";
import { useLiveStudio } from "./use-live-studio.ts";
import { useSessionEnd } from "./use-session-end.ts";
import { type CurrentWorkspace, WorkspaceContext } from "./workspace-context.ts";

export interface StudioFrameProps {
  me: Me;
  workspace: CurrentWorkspace;
  children: ReactNode;
}

const themes: { choice: ThemeChoice; label: string; icon: ReactNode }[] = [
  { choice: "system", label: "As the system", icon: <Monitor size={14} /> },
  { choice: "light", label: "Light", icon: <Sun size={14} /> },
  { choice: "dark", label: "Dark", icon: <Moon size={14} /> },
];

async function leave() {
  await signOut();
  window.location.assign("/sign-in");
}

/** The frame of every page of a workspace, filled: rail, workspaces, person, palette, live changes. */
export function StudioFrame({ me: first, workspace: given, children }: StudioFrameProps) {
  const me = useMe(first).data ?? first;
  const mine = me.workspaces.find(({ name }) => name === given.name);
  const workspace = useMemo(() => ({ ...given, ...mine }), [given, mine]);
  const { choice } = useTheme();
  const { name } = workspace;
  const settings = `/${name}/settings`;
  useLiveStudio(name);
  useSessionEnd();
  useEffect(() => rememberWorkspace(name), [name]);

  const providers = useMemo(() => createPaletteProviders(name), [name]);
  const verbs: PaletteVerb[] = [
    ...(workspace.role === "owner"
      ? [
          {
            id: "invite",
            title: "Invite somebody",
            words: "share member",
            icon: <UserPlus size={14} />,
            href: `${settings}/members`,
          },
        ]
      : []),
    {
      id: "token",
      title: "Make an access token",
      words: "api key cli",
      icon: <KeyRound size={14} />,
      href: `${settings}/tokens`,
    },
    { id: "workspace", title: "New workspace", icon: <Plus size={14} />, href: "/new-workspace" },
    ...me.workspaces
      .filter((one) => one.name !== name)
      .map((one) => ({
        id: `to-${one.name}`,
        title: `Go to ${one.displayName}`,
        words: "workspace switch",
        href: `/${one.name}`,
      })),
    ...themes.map((one) => ({
      id: `theme-${one.choice}`,
      title: `Theme: ${one.label.toLowerCase()}`,
      words: "appearance mode",
      icon: one.icon,
      run: () => setTheme(one.choice),
    })),
    {
      id: "sign-out",
      title: "Sign out",
      words: "log out leave",
      icon: <LogOut size={14} />,
      run: () => void leave(),
    },
  ];
  const menu: MenuEntry[] = [
    { heading: me.email },
    { label: "Profile", icon: <User size={14} />, href: `${settings}/profile` },
    { label: "Access tokens", icon: <KeyRound size={14} />, href: `${settings}/tokens` },
    { separator: true },
    { heading: "Theme" },
    ...themes.map((one) => ({
      label: one.label,
      icon: one.icon,
      checked: choice === one.choice,
      onSelect: () => setTheme(one.choice),
    })),
    { separator: true },
    { label: "Sign out", icon: <LogOut size={14} />, onSelect: () => void leave() },
  ];

  return (
    <WorkspaceContext.Provider value={workspace}>
      <AppShell
        nav={navGroups(name)}
        homeHref={`/${name}`}
        workspaceName={workspace.displayName}
        workspace={
          <WorkspaceSwitcher
            current={workspace.displayName}
            workspaces={me.workspaces.map((one) => ({
              name: one.displayName,
              href: `/${one.name}`,
              hint: one.teamName,
            }))}
            actions={[{ label: "New workspace", icon: <Plus size={14} />, href: "/new-workspace" }]}
          />
        }
        bottom={<Foot workspace={name} me={me} menu={menu} settingsHref={settings} />}
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

function Foot({
  workspace,
  me,
  menu,
  settingsHref,
}: {
  workspace: string;
  me: Me;
  menu: MenuEntry[];
  settingsHref: string;
}) {
  const { data } = useQuery(orpc.computes.list.queryOptions({ input: { workspace } }));
  const targets = (data?.items ?? []).filter(({ availability }) => availability.available);
  const used = targets.reduce((sum, target) => sum + target.runningCount, 0);
  const total = targets.reduce((sum, target) => sum + target.maxInstances, 0);
  return (
    <RailFoot
      person={{ id: me.id, name: me.name }}
      menu={menu}
      settingsHref={settingsHref}
      slots={{ used, total, href: `/${workspace}/compute` }}
    />
  );
}
