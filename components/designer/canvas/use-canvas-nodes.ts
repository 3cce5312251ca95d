"use client";

import type { Edge, EdgeChange, Node, NodeChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Point } from "#lib/designer/document/types.ts";
import { placeMissing } from "../model/place-missing.ts";
import { useDesigner } from "../session/designer.ts";
import { useOthers } from "../session/others.ts";
import { useStore } from "../session/store.ts";
import { commentPrefix, makeComment, makeEdge, makeGhosts, makeGroup, makeNode } from "./canvas-nodes.ts";
import type { Near } from "./painted/use-drawn.ts";

type Positions = ReadonlyMap<string, Point>;
const none: Positions = new Map();

interface Kept<T> {
  from: unknown;
  made: T;
}

/** Keeps what was made from the same things, so that only what changed is drawn again. */
function useKept<T extends { id: string }>() {
  const kept = useRef(new Map<string, Kept<T>>());
  return useCallback((id: string, from: unknown[], make: () => T): T => {
    const old = kept.current.get(id);
    const same = old && (old.from as unknown[]).every((value, index) => Object.is(value, from[index]));
    if (same) return old.made;
    const made = make();
    kept.current.set(id, { from, made });
    return made;
  }, []);
}

/** What React Flow draws, made from the document; moves are local until they end, then they are one change of the document. */
export function useCanvasNodes(
  onDragged: (positions: Readonly<Record<string, Point>> | null) => void,
  near: Near | null,
) {
  const designer = useDesigner();
  const { model: modelStore, selection: selectionStore, difference: differenceStore } = designer;
  const { document, mayEdit } = designer;
  const model = useStore(modelStore, (value) => value);
  const selection = useStore(selectionStore, (value) => value);
  const theirs = useOthers(
    (others) => Object.assign({}, ...others.map(({ dragging }) => dragging)) as Record<string, Point>,
  );
  const [moved, setMoved] = useState<Positions>(none);
  const difference = useStore(differenceStore, (value) => value);
  const ghosts = useMemo(() => makeGhosts(difference), [difference]);
  const keepNode = useKept<Node>();
  const keepEdge = useKept<Edge>();
  const places = useMemo(() => placeMissing(model.nodes, model.edges), [model]);

  const nodes = useMemo(() => {
    const at = (id: string, own: Point) => moved.get(id) ?? theirs[id] ?? own;
    const made = model.nodes.map((view) => {
      const { x, y } = at(view.id, places.get(view.id) ?? { x: 0, y: 0 });
      const selected = selection.has(view.id);
      const hidden = near !== null && !near.ids.has(view.id);
      return keepNode(view.id, [view, x, y, selected, mayEdit, hidden], () => ({
        ...makeNode(view, { x, y }, selected, mayEdit),
        hidden,
      }));
    });
    const comments = model.comments.map((comment) => {
      const id = commentPrefix + comment.id;
      const { x, y } = at(id, comment);
      const selected = selection.has(id);
      const hidden = near !== null && !near.ids.has(id);
      return keepNode(id, [comment, x, y, selected, mayEdit, hidden], () => ({
        ...makeComment(comment, { x, y }, selected, mayEdit),
        hidden,
      }));
    });
    if (model.groups.length === 0) return [...ghosts, ...made, ...comments];
    const byId = new Map(made.map((node) => [node.id, node]));
    const groups = model.groups.flatMap((group) => {
      const box = makeGroup(group, byId);
      return box ? { ...box, hidden: near !== null && !near.ids.has(box.id) } : [];
    });
    return [...groups, ...ghosts, ...made, ...comments];
  }, [model, selection, moved, theirs, places, ghosts, mayEdit, near, keepNode]);

  const edges = useMemo(
    () =>
      model.edges.flatMap((edge) => {
        if (near !== null && (near.far || (!near.ids.has(edge.from) && !near.ids.has(edge.to)))) return [];
        const selected = selection.has(edge.id);
        return keepEdge(edge.id, [edge, selected, model.byId.get(edge.from), model.byId.get(edge.to)], () =>
          makeEdge(edge, model, selected),
        );
      }),
    [model, selection, near, keepEdge],
  );

  const select = useCallback(
    (changes: readonly (NodeChange | EdgeChange)[]) => {
      const chosen = changes.flatMap((change) => (change.type === "select" ? change : []));
      if (chosen.length === 0) return;
      selectionStore.set((now) => {
        const next = new Set(now);
        for (const { id, selected } of chosen) {
          if (selected) next.add(id);
          else next.delete(id);
        }
        return next;
      });
    },
    [selectionStore],
  );

  const keepMoves = useCallback(
    (positions: Record<string, Point>) => {
      const steps = Object.entries(positions).filter(([id]) => !id.startsWith(commentPrefix));
      if (steps.length > 0) document.moveNodes(Object.fromEntries(steps));
      for (const [id, { x, y }] of Object.entries(positions)) {
        if (id.startsWith(commentPrefix)) document.updateComment(id.slice(commentPrefix.length), { x, y });
      }
    },
    [document],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      select(changes);
      const moves = changes.flatMap((change) =>
        change.type === "position" && change.position ? { ...change, position: change.position } : [],
      );
      if (moves.length === 0 || !mayEdit) return;
      const positions = Object.fromEntries(moves.map(({ id, position }) => [id, position]));
      if (moves.some(({ dragging }) => dragging)) {
        setMoved((now) => new Map([...now, ...Object.entries(positions)]));
        onDragged(positions);
        return;
      }
      setMoved(none);
      onDragged(null);
      keepMoves(positions);
    },
    [select, mayEdit, onDragged, keepMoves],
  );

  return { nodes, edges, onNodesChange, onEdgesChange: select };
}
