"use client";

import { type Node, type NodeProps, NodeResizer } from "@xyflow/react";
import { memo, useEffect, useRef, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { CanvasComment } from "#lib/designer/document/types.ts";
import { useDesigner } from "../session/designer.ts";
import { commentPrefix } from "./canvas-nodes.ts";
import { makeSameNode } from "./same-node.ts";
import { focusNode } from "./use-canvas-keys.ts";

export type CommentNodeType = Node<{ comment: CanvasComment }, "comment">;
const smallest = { minWidth: 120, minHeight: 56 };

/** A note on the canvas; a double click, or Enter, edits its text. */
export const CommentNode = memo(function CommentNode({
  data: { comment },
  selected,
}: NodeProps<CommentNodeType>) {
  const { document, mayEdit } = useDesigner();
  const [editing, setEditing] = useState(mayEdit && comment.text === "");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!editing) return;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [editing]);
  const keep = (text: string) => {
    setEditing(false);
    if (text.trim() === "") document.removeComment(comment.id);
    else if (text !== comment.text) document.updateComment(comment.id, { text });
  };
  return (
    <>
      {mayEdit ? (
        <NodeResizer
          isVisible={selected}
          color="var(--accent)"
          {...smallest}
          onResizeEnd={(_, { x, y, width, height }) =>
            document.updateComment(comment.id, { x, y, w: Math.round(width), h: Math.round(height) })
          }
        />
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter on the node does the same */}
      <div
        data-note
        onDoubleClick={() => mayEdit && setEditing(true)}
        className={cn(
          "flex h-full w-full flex-col rounded-card border border-line-2 bg-warning-tint p-2 text-secondary text-ink",
          selected && "outline-2 outline-accent",
        )}
      >
        {editing ? (
          <textarea
            ref={field}
            aria-label="Comment"
            defaultValue={comment.text}
            onBlur={(event) => keep(event.target.value)}
            onKeyDown={(event) => {
              event.stopPropagation();
              const done = event.key === "Enter" && (event.ctrlKey || event.metaKey);
              if (event.key !== "Escape" && !done) return;
              // Elsewhere the same keys start a run or clear the selection.
              event.preventDefault();
              event.currentTarget.blur();
              focusNode(commentPrefix + comment.id);
            }}
            className="nodrag nopan nowheel min-h-0 flex-1 resize-none bg-transparent outline-none"
          />
        ) : (
          <div className="min-h-0 flex-1 overflow-hidden whitespace-pre-wrap">{comment.text}</div>
        )}
        {comment.author ? (
          <div className="truncate text-caption text-ink-2">
            {comment.author} {comment.at > 0 ? <RelativeTime at={comment.at} /> : null}
          </div>
        ) : null}
      </div>
    </>
  );
}, makeSameNode<{ comment: CanvasComment }>("comment"));
