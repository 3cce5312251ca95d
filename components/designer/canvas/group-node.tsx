"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { Ungroup } from "lucide-react";
import { memo, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { NodeGroup } from "#lib/designer/document/types.ts";
import { useDesigner } from "../session/designer.ts";
import { makeSameNode } from "./same-node.ts";

export type GroupNodeType = Node<{ group: NodeGroup }, "group-box">;

/** The box around a group. Its title selects all that belongs to it, so that they move together. */
export const GroupNode = memo(function GroupNode({ data: { group } }: NodeProps<GroupNodeType>) {
  const { document, mayEdit, selection } = useDesigner();
  const [editing, setEditing] = useState(false);
  return (
    <div className="pointer-events-none h-full w-full rounded-dialog border border-line-2 bg-active/40">
      <div className="pointer-events-auto flex h-8 w-fit items-center gap-1 pl-3">
        {editing ? (
          <input
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the title that was just double-clicked
            autoFocus
            aria-label="Name of the group"
            defaultValue={group.title}
            onFocus={(event) => event.target.select()}
            onBlur={(event) => {
              setEditing(false);
              const title = event.target.value.trim();
              if (title !== "" && title !== group.title) document.updateGroup(group.id, { title });
            }}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key !== "Enter" && event.key !== "Escape") return;
              event.preventDefault();
              event.currentTarget.blur();
            }}
            className="nodrag nopan field-edge h-6 px-1.5 text-label"
          />
        ) : (
          <button
            type="button"
            onClick={() => selection.set(new Set(group.nodes))}
            title={mayEdit ? "Enter selects what is in it, F2 renames it" : undefined}
            onDoubleClick={() => mayEdit && setEditing(true)}
            onKeyDown={(event) => {
              if (event.key === "F2" && mayEdit) setEditing(true);
            }}
            className="rounded-tag px-1 text-label text-ink-2 hover:text-ink"
          >
            {group.title}
          </button>
        )}
        {mayEdit ? (
          <IconButton
            label={`Ungroup ${group.title}`}
            icon={<Ungroup size={12} />}
            size="sm"
            tooltip={false}
            onClick={() => document.ungroup(group.id)}
          />
        ) : null}
      </div>
    </div>
  );
}, makeSameNode<{ group: NodeGroup }>("group"));
