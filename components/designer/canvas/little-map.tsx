"use client";

import { type Node, useReactFlow, useStoreApi } from "@xyflow/react";
import { memo, type PointerEvent, useEffect, useRef } from "react";
import { useDesigner } from "../session/designer.ts";
import { miniColour } from "./mini-colour.ts";
import { type Colours, readColours, watchTheme } from "./painted/colours.ts";

const size = { width: 168, height: 104 };
const margin = 8;
/** A few steps do not fill the map. */
const largest = 0.1;
/** What is dragged need not be seen moving here. */
const paintEveryMs = 120;

interface Fit {
  scale: number;
  /** Of the drawing's own zero, in pixels of the map. */
  x: number;
  y: number;
}

/** Brings all of the drawing into the map. */
function fitAll(nodes: readonly Node[]): Fit {
  if (nodes.length === 0) return { scale: 0.1, x: margin, y: margin };
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { position, width = 0, height = 0 } of nodes) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + width);
    bottom = Math.max(bottom, position.y + height);
  }
  const scale = Math.min(
    largest,
    (size.width - 2 * margin) / (right - left),
    (size.height - 2 * margin) / (bottom - top),
  );
  return {
    scale,
    x: (size.width - (left + right) * scale) / 2,
    y: (size.height - (top + bottom) * scale) / 2,
  };
}

/** All of the pipeline at the bottom right; each step in the colour of its state. A drag on it moves what is seen. */
export const LittleMap = memo(function LittleMap({ nodes }: { nodes: readonly Node[] }) {
  const designer = useDesigner();
  const store = useStoreApi();
  const flow = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(nodes);
  const fit = useRef<Fit>(fitAll(nodes));
  const paintSoon = useRef<() => void>(() => {});
  useEffect(() => {
    latest.current = nodes;
    paintSoon.current();
  }, [nodes]);
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext("2d");
    if (!element || !pen) return;
    const ratio = window.devicePixelRatio;
    element.width = size.width * ratio;
    element.height = size.height * ratio;
    let colours: Colours | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const showFrame = () => {
      const style = frame.current?.style;
      if (!style) return;
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const { scale } = fit.current;
      style.width = `${(width / zoom) * scale}px`;
      style.height = `${(height / zoom) * scale}px`;
      style.transform = `translate(${(-x / zoom) * scale + fit.current.x}px, ${(-y / zoom) * scale + fit.current.y}px)`;
    };
    const paint = () => {
      waiting = undefined;
      colours ??= readColours(element);
      fit.current = fitAll(latest.current);
      const { scale, x, y } = fit.current;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, size.width, size.height);
      for (const node of latest.current) {
        const colour = miniColour(node, designer);
        if (colour === null) continue;
        pen.fillStyle = colours(colour);
        const { position, width = 0, height = 0 } = node;
        pen.beginPath();
        pen.roundRect(
          position.x * scale + x,
          position.y * scale + y,
          Math.max(2, width * scale),
          Math.max(2, height * scale),
          Math.min(2, height * scale * 0.2),
        );
        pen.fill();
      }
      showFrame();
    };
    paintSoon.current = () => {
      waiting ??= setTimeout(paint, paintEveryMs);
    };
    const stops = [
      store.subscribe((now, before) => {
        if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height)
          showFrame();
      }),
      designer.states.subscribe(paintSoon.current),
      watchTheme(() => {
        colours = null;
        paintSoon.current();
      }),
    ];
    paint();
    return () => {
      clearTimeout(waiting);
      for (const stop of stops) stop();
    };
  }, [designer, store]);
  const look = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, x, y } = fit.current;
    const at = { x: (event.clientX - box.left - x) / scale, y: (event.clientY - box.top - y) / scale };
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  return (
    <div
      role="img"
      aria-label="Map of the pipeline"
      data-little-map
      style={size}
      onPointerDown={look}
      onPointerMove={look}
      className="nopan nowheel absolute right-3 bottom-3 z-5 touch-none overflow-hidden rounded-card bg-raised shadow-2 max-wide:hidden"
    >
      <canvas ref={canvas} style={size} className="block" />
      <div
        ref={frame}
        className="pointer-events-none absolute top-0 left-0 rounded-tag border border-accent bg-accent/5"
      />
    </div>
  );
});
