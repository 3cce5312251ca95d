"use client";

import { type Node, useStoreApi } from "@xyflow/react";
import { memo, useContext, useEffect, useRef } from "react";
import { useDesigner } from "../../session/designer.ts";
import { OthersContext } from "../../session/others.ts";
import { type Colours, readColours, watchTheme } from "./colours.ts";
import { paintScene } from "./paint.ts";
import { makePaints, type Scene } from "./scene.ts";
import type { Near } from "./use-drawn.ts";

/** A size that stays for so long is the one to draw sharp. */
const restMs = 120;
const nothing: ReadonlySet<string> = new Set();

interface PaintedLayerProps {
  nodes: readonly Node[];
  near: Near;
}

/**
 * What of a large pipeline does not stand there as elements, as one picture: thousands of elements would be laid out and
 * painted anew for every frame, a picture is not.
 */
export const PaintedLayer = memo(function PaintedLayer({ nodes, near }: PaintedLayerProps) {
  const designer = useDesigner();
  const others = useContext(OthersContext);
  const flow = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ nodes, near });
  const ask = useRef<() => void>(() => {});
  useEffect(() => {
    latest.current = { nodes, near };
    ask.current();
  }, [nodes, near]);
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext("2d");
    if (!element || !pen) return;
    let frame = 0;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let zooming = false;
    let wasEmpty = false;
    const area = element.closest(".designer-canvas");
    /** While the size changes even what is near is painted: letters of elements would be drawn anew for every frame. */
    const setZooming = (now: boolean) => {
      clearTimeout(rest);
      if (now) rest = setTimeout(() => setZooming(false), restMs);
      if (zooming === now) return;
      zooming = now;
      area?.toggleAttribute("data-zooming", now);
      paintSoon();
    };
    let colours: Colours | null = null;
    let paints: ReturnType<typeof makePaints> | null = null;
    const paint = () => {
      frame = 0;
      const { transform, width, height } = flow.getState();
      const ratio = window.devicePixelRatio;
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio);
        element.height = Math.round(height * ratio);
        wasEmpty = false;
      }
      colours ??= readColours(element);
      paints ??= makePaints(designer, others.get());
      const now = latest.current;
      const scene: Scene = {
        nodes: now.nodes,
        byId: new Map(now.nodes.map((node) => [node.id, node])),
        edges: designer.model.get().edges,
        drawn: zooming || now.near.far ? nothing : now.near.ids,
        selection: designer.selection.get(),
        ...paints,
      };
      const [x, y, zoom] = transform;
      wasEmpty = !paintScene(pen, scene, { x, y, zoom, zooming, width, height, ratio }, colours, wasEmpty);
    };
    const paintSoon = () => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    ask.current = paintSoon;
    const paintAnew = () => {
      paints = null;
      paintSoon();
    };
    const stops = [
      flow.subscribe((now, before) => {
        if (now.transform[2] !== before.transform[2]) setZooming(true);
        if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height)
          paintSoon();
      }),
      designer.selection.subscribe(paintSoon),
      ...[designer.states, designer.faults, designer.difference, others].map((store) =>
        store.subscribe(paintAnew),
      ),
      watchTheme(() => {
        colours = null;
        paintSoon();
      }),
    ];
    paintSoon();
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      area?.removeAttribute("data-zooming");
      for (const stop of stops) stop();
    };
  }, [designer, others, flow]);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 -z-1">
      <canvas ref={canvas} className="h-full w-full" />
    </div>
  );
});
