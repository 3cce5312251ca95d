import {
  Box,
  Container,
  Database,
  House,
  ListTree,
  Puzzle,
  Radio,
  Server,
  Settings,
  UserPlus,
  Workflow,
} from "lucide-react";
import type { NavGroup } from "#components/shell/nav.ts";
import { plural } from "#components/ui/format.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";

function RunningBadge({ count }: { count: number }) {
  return (
    <span className="flex items-center gap-1">
      <StatusIcon kind="running" size={12} />
      {count}
      <span className="sr-only">running</span>
    </span>
  );
}

function AskingBadge({ count }: { count: number }) {
  return (
    <span
      className="flex items-center gap-1 text-warning"
      title={`${plural(count, "person", "people")} to let in`}
    >
      <UserPlus size={12} aria-hidden="true" />
      {count}
      <span className="sr-only">to let in</span>
    </span>
  );
}

interface Badges {
  /** Runs. */
  running: number;
  /** People who wait to be let in; for owners. */
  asking: number;
}

/** The rail of a workspace. An entry stands here when its page does. */
export function navGroups(workspace: string, { running, asking }: Badges): NavGroup[] {
  const at = (path: string) => `/${workspace}${path}`;
  return [
    { items: [{ label: "Home", href: at(""), icon: <House />, goKey: "h", exact: true }] },
    {
      label: "Author",
      items: [{ label: "Designer", href: at("/designer"), icon: <Workflow />, goKey: "p" }],
    },
    {
      label: "Assets",
      items: [
        { label: "Data", href: at("/data"), icon: <Database />, goKey: "d" },
        {
          label: "Runs",
          href: at("/runs"),
          icon: <ListTree />,
          goKey: "r",
          badge: running > 0 ? <RunningBadge count={running} /> : undefined,
        },
        { label: "Components", href: at("/components"), icon: <Puzzle /> },
        { label: "Environments", href: at("/environments"), icon: <Container /> },
        { label: "Models", href: at("/models"), icon: <Box />, goKey: "m" },
        { label: "Endpoints", href: at("/endpoints"), icon: <Radio />, goKey: "e" },
      ],
    },
    {
      label: "Manage",
      items: [
        { label: "Compute", href: at("/compute"), icon: <Server /> },
        {
          label: "Settings",
          href: at("/settings"),
          icon: <Settings />,
          badge: asking > 0 ? <AskingBadge count={asking} /> : undefined,
        },
      ],
    },
  ];
}
