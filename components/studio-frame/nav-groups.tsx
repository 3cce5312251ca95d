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
  Workflow,
} from "lucide-react";
import type { NavGroup } from "#components/shell/nav.ts";
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

/** The rail of a workspace. An entry stands here when its page does. */
export function navGroups(workspace: string, runningRuns: number): NavGroup[] {
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
          badge: runningRuns > 0 ? <RunningBadge count={runningRuns} /> : undefined,
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
        { label: "Settings", href: at("/settings"), icon: <Settings /> },
      ],
    },
  ];
}
