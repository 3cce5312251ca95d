"use client";

import { useStoreApi } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";

const gap = 16;
/** Dots that stand closer are a grey haze, and cost as much as all the rest. */
const closest = 10;

/** The dots behind the drawing. They are one picture that is shifted, so that moving the canvas paints nothing anew. */
export const Ground = memo(function Ground() {
  const flow = useStoreApi();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      const style = element.current?.style;
      if (!style) return;
      const [x, y, zoom] = flow.getState().transform;
      const shown = zoom * gap >= closest;
      style.visibility = shown ? "visible" : "hidden";
      if (!shown) return;
      const step = gap * zoom;
      const rest = (value: number) => ((value % step) + step) % step;
      style.backgroundSize = `${step}px ${step}px`;
      style.transform = `translate(${rest(x) - step}px, ${rest(y) - step}px)`;
    };
    place();
    return flow.subscribe((now, before) => {
      if (now.transform !== before.transform) place();
    });
  }, [flow]);
  return <div ref={element} aria-hidden="true" className="designer-ground" />;
});
