/** What of the drawing is seen: its place and size in pixels of the page. */
export interface PaintedView {
  x: number;
  y: number;
  zoom: number;
  /** The zoom is not the one of the frame before: letters of a new size cost more than all of the rest. */
  zooming: boolean;
  width: number;
  height: number;
  /** Device pixels in one of ours. */
  ratio: number;
}

/** Under this zoom a line is straight and a box has no round corners: both would be the same pixels. */
export const roughZoom = 0.25;
