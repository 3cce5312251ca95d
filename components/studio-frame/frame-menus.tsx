import { KeyRound, LogOut, Monitor, Moon, Plus, Sun, User, UserPlus } from "lucide-react";
import type { ReactNode } from "react";
import type { PaletteVerb } from "#components/shell/palette-model.ts";
import { setTheme, type ThemeChoice } from "#components/theme/theme.ts";
import type { MenuEntry } from "#components/ui/menu.tsx";
import type { Me } from "#lib/account/model.ts";
import { signOut } from "#lib/auth/browser.ts";
import type { CurrentWorkspace } from "./workspace-context.ts";

const themes: { choice: ThemeChoice; label: string; icon: ReactNode }[] = [
  { choice: "system", label: "As the system", icon: <Monitor size={14} /> },
  { choice: "light", label: "Light", icon: <Sun size={14} /> },
  { choice: "dark", label: "Dark", icon: <Moon size={14} /> },
];

async function leave() {
  await signOut();
  window.location.assign("/sign-in");
}

/** The person's menu at the foot of the rail. */
export function personMenu(me: Me, workspace: CurrentWorkspace, theme: ThemeChoice): MenuEntry[] {
  const settings = `/${workspace.name}/settings`;
  return [
    { heading: me.email },
    { label: "Profile", icon: <User size={14} />, href: `${settings}/profile` },
    { label: "Access tokens", icon: <KeyRound size={14} />, href: `${settings}/tokens` },
    { separator: true },
    { heading: "Theme" },
    ...themes.map(({ choice, label, icon }) => ({
      label,
      icon,
      checked: theme === choice,
      onSelect: () => setTheme(choice),
    })),
    { separator: true },
    { label: "Sign out", icon: <LogOut size={14} />, onSelect: () => void leave() },
  ];
}

/** What the palette can do anywhere in a workspace. */
export function frameVerbs(me: Me, workspace: CurrentWorkspace): PaletteVerb[] {
  const { name, role } = workspace;
  const settings = `/${name}/settings`;
  const verbs: PaletteVerb[] = [
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
    ...themes.map(({ choice, label, icon }) => ({
      id: `theme-${choice}`,
      title: `Theme: ${label.toLowerCase()}`,
      words: "appearance mode",
      icon,
      run: () => setTheme(choice),
    })),
    {
      id: "sign-out",
      title: "Sign out",
      words: "log out leave",
      icon: <LogOut size={14} />,
      run: () => void leave(),
    },
  ];
  if (role !== "owner") return verbs;
  const invite = {
    id: "invite",
    title: "Invite somebody",
    words: "share member",
    icon: <UserPlus size={14} />,
    href: `${settings}/members`,
  };
  return [invite, ...verbs];
}
