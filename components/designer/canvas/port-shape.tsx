import { clsx } from "clsx";
import { memo } from "react";
import type { PortType } from "#lib/components/model.ts";

type Shape = "circle" | "square" | "hexagon" | "diamond" | "triangle";

const shapes: Record<PortType, Shape> = {
  data_frame: "circle",
  untrained_model: "square",
  trained_model: "hexagon",
  transform: "diamond",
  uri_file: "triangle",
  uri_folder: "triangle",
  mltable: "circle",
  mlflow_model: "hexagon",
  custom_model: "hexagon",
  triton_model: "hexagon",
  string: "square",
  integer: "square",
  number: "square",
  boolean: "square",
};

const paths: Record<Shape, string> = {
  circle: "M8 3.25a4.75 4.75 0 1 1 0 9.5a4.75 4.75 0 1 1 0-9.5z",
  square:
    "M4.5 3.75h7a.75.75 0 0 1 .75.75v7a.75.75 0 0 1-.75.75h-7a.75.75 0 0 1-.75-.75v-7a.75.75 0 0 1 .75-.75z",
  hexagon: "M5.3 3.3h5.4L13.4 8l-2.7 4.7H5.3L2.6 8z",
  diamond: "M8 2.4 13.6 8 8 13.6 2.4 8z",
  triangle: "M8 2.9 13.5 12.6H2.5z",
};

export interface PortShapeProps {
  type: PortType;
  /** Data is there: filled. */
  ready?: boolean | undefined;
  optional?: boolean | undefined;
  size?: number | undefined;
  className?: string | undefined;
}

/** The shape is the type: circle table, square learner, hexagon model, diamond transform, triangle files. */
export const PortShape = memo(function PortShape({
  type,
  ready,
  optional,
  size = 16,
  className,
}: PortShapeProps) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={clsx("pointer-events-none flex-none overflow-visible", className)}
    >
      <path
        d={paths[shapes[type]]}
        fill={ready ? "var(--accent)" : "var(--panel)"}
        stroke={ready ? "var(--accent)" : "var(--control)"}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeDasharray={optional && !ready ? "2.2 1.8" : undefined}
      />
    </svg>
  );
});
