import { Boxes, type LucideIcon, Terminal, Workflow } from "lucide-react";
import { memo } from "react";
import type { ComponentDefinition } from "#lib/components/model.ts";
import { moduleIcons } from "./module-icons.ts";

const byKind: Record<ComponentDefinition["kind"], LucideIcon> = {
  module: Boxes,
  command: Terminal,
  pipeline: Workflow,
};

/** The icon of a component; that of its kind where its own is not known here. */
export const ComponentIcon = memo(function ComponentIcon({
  definition,
  size = 16,
}: {
  definition: Pick<ComponentDefinition, "icon" | "kind"> | null;
  size?: number | undefined;
}) {
  const Icon = (definition && moduleIcons[definition.icon]) ?? byKind[definition?.kind ?? "module"];
  return <Icon size={size} aria-hidden="true" />;
});
