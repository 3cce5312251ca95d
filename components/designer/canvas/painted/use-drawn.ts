"use client";

import { type Node, useStoreApi } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Point } from "#lib/designer/document/types.ts";
import { createStore, type Store } from "../../session/store.ts";
import { findAt, findInside, findMiddle } from "./in-view.ts";

/** Of a larger pipeline only what is near stands there as elements; the rest is painted. */
export const largeCount = 150;
/** Under this zoom a name is too small to be read: then only what is pointed at stands there. */
const nearZoom = 0.5;
/** A canvas that is at rest for so long gets its elements. */
const restMs = 80;

/** What of a large pipeline stands there as elements. */
export interface Near {
  ids: ReadonlySet<string>;
  /** Too far away to be read: all of it is painted, an element is only there to be taken or to have the focus. */
  far: boolean;
  /** Of these, the one whose name is shown from afar: what is pointed at, else what was gone to with the keyboard. */
  named: string | null;
}

const nothing: Near = { ids: new Set(), far: true, named: null };

export interface Drawn {
  /** Null: all of it stands there as elements. */
  near: Store<Near | null>;
  onMoveStart(): void;
  onMove(): void;
  onMoveEnd(): void;
  /** The pointer is there, in the drawing's own measure. */
  point(at: Point): void;
  /** Makes an element of it, so that it can have the focus. */
  reach(id: string): void;
}

function isSameNear(a: Near | null, b: Near): boolean {
  return (
    a !== null &&
    a.far === b.far &&
    a.named === b.named &&
    a.ids.size === b.ids.size &&
    [...a.ids].every((id) => b.ids.has(id))
  );
}

/** Decides what of a large pipeline stands there as elements: what is in view once the canvas is at rest, and what is used. */
export function useDrawn(nodes: RefObject<readonly Node[]>, count: number): Drawn {
  const flow = useStoreApi();
  const isLarge = count > largeCount;
  // From the start, so that thousands of elements are not made only to be taken away.
  const [near] = useState(() => createStore<Near | null>(isLarge ? nothing : null));
  const used = useRef({ pointed: null as string | null, reached: null as string | null, moving: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const settle = useCallback(() => {
    const { transform, width, height } = flow.getState();
    const [x, y, zoom] = transform;
    const area = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    const { pointed, reached } = used.current;
    const far = zoom < nearZoom;
    const ids = new Set<string>();
    if (!far) for (const { id } of findInside(nodes.current, area)) ids.add(id);
    // Something can always be reached with Tab, and the arrows go on from there.
    const stop = reached ?? (far ? findMiddle(nodes.current, area)?.id : null);
    for (const id of [pointed, stop]) if (id) ids.add(id);
    const next = { ids, far, named: pointed ?? reached };
    near.set((now) => (isSameNear(now, next) ? now : next));
  }, [flow, near, nodes]);

  const settleSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(settle, restMs);
  }, [settle]);

  useEffect(() => {
    if (!isLarge) {
      near.set(null);
      return;
    }
    settle();
    const stop = flow.subscribe((now, before) => {
      const isSame = now.width === before.width && now.height === before.height && now.nodes === before.nodes;
      if (!isSame && !used.current.moving && now.connection.inProgress === false) settleSoon();
    });
    return () => {
      stop();
      clearTimeout(timer.current);
    };
  }, [isLarge, flow, near, settle, settleSoon]);

  return useMemo(
    () => ({
      near,
      onMoveStart() {
        used.current.moving = true;
        clearTimeout(timer.current);
      },
      onMove() {
        if (near.get()?.far === false && flow.getState().transform[2] < nearZoom) {
          const { pointed, reached } = used.current;
          near.set({ ids: new Set([pointed, reached].flatMap((id) => id ?? [])), far: true, named: null });
        }
      },
      onMoveEnd() {
        used.current.moving = false;
        if (near.get() !== null) settleSoon();
      },
      point(at) {
        if (near.get() === null) return;
        const id = findAt(nodes.current, at)?.id ?? null;
        if (id === used.current.pointed) return;
        used.current.pointed = id;
        if (near.get()?.far) settle();
      },
      reach(id) {
        used.current.reached = id;
        if (near.get() !== null) settle();
      },
    }),
    [near, flow, nodes, settle, settleSoon],
  );
}
