"use client";

import { Box, Database, ListTree, RadioTower } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { Link } from "#components/ui/navigation.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { useWidth } from "#components/ui/use-width.ts";
import type { Lineage, LineageNode } from "#lib/models/model.ts";
import { type Placed as PlacedNodes, placeNodes } from "./place-nodes.ts";

const words: Record<LineageNode["kind"], string> = {
  dataset: "Dataset",
  run: "Run",
  model: "Model",
  endpoint: "Endpoint",
};
const icons: Record<LineageNode["kind"], ReactNode> = {
  dataset: <Database size={14} />,
  run: <ListTree size={14} />,
  model: <Box size={14} />,
  endpoint: <RadioTower size={14} />,
};

function hrefOf(workspace: string, node: LineageNode): string {
  const name = encodeURIComponent(node.name);
  switch (node.kind) {
    case "dataset":
      return `/${workspace}/data/${name}?version=${node.version ?? ""}`;
    case "run":
      return `/${workspace}/runs/${name}`;
    case "model":
      return `/${workspace}/models/${name}?version=${node.version ?? ""}`;
    case "endpoint":
      return `/${workspace}/endpoints/${name}`;
  }
}

/** Whether it has a version of its own; an endpoint's is the name of a deployment. */
function isVersion({ kind, version }: LineageNode): boolean {
  return version !== null && (kind === "dataset" || kind === "model");
}

/** From the data by the run to the model, and on to its endpoints. Each box is a link. */
export function LineageGraph({ workspace, lineage }: { workspace: string; lineage: Lineage }) {
  const frame = useRef<HTMLDivElement>(null);
  const room = useWidth(frame);
  const placed = room === null ? null : placeNodes(lineage, room);
  return (
    <section aria-label="Lineage" className="rounded-card border border-line bg-bg p-5">
      <div ref={frame} className="min-h-[58px]">
        {placed ? <Placed workspace={workspace} lineage={lineage} placed={placed} /> : null}
      </div>
    </section>
  );
}

function Placed(props: { workspace: string; lineage: Lineage; placed: PlacedNodes }) {
  const { workspace, lineage } = props;
  const { places, width, height, right, bottom, stacked } = props.placed;
  return (
    <div className="relative" style={{ width: right, height: bottom }}>
      <svg width={right} height={bottom} aria-hidden="true" className="absolute inset-0">
        {lineage.edges.map(({ from, to }) => {
          const start = places[from];
          const end = places[to];
          if (!start || !end) return null;
          const [x1, y1] = stacked
            ? [start.x + width / 2, start.y + height]
            : [start.x + width, start.y + height / 2];
          const [x2, y2] = stacked ? [end.x + width / 2, end.y] : [end.x, end.y + height / 2];
          const middle = (x1 + x2) / 2;
          return (
            <path
              key={`${from}-${to}`}
              d={`M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`}
              className="fill-none stroke-accent"
              strokeWidth={1.5}
            />
          );
        })}
      </svg>
      {lineage.nodes.map((node, index) => {
        const status = node.kind === "run" && node.state ? describeRunStatus(node.state) : null;
        return (
          <Link
            key={`${node.kind}-${node.name}-${node.version}`}
            href={hrefOf(workspace, node)}
            title={node.label}
            style={{ left: places[index]?.x, top: places[index]?.y, width, height }}
            className={cn(
              "absolute flex flex-col justify-center rounded-card border border-line-2 bg-panel px-3 hover:bg-hover",
              node.kind === "model" && "border-2 border-accent",
            )}
          >
            <span className="flex items-center gap-1.5 text-caption text-ink-3">
              {icons[node.kind]}
              {words[node.kind]}
              {isVersion(node) ? <span>v{node.version}</span> : null}
              {status ? (
                <span className="ml-auto">
                  <StatusIcon kind={status.kind} size={12} label />
                </span>
              ) : null}
            </span>
            <span className="line-clamp-2 break-words text-name leading-4.5">
              {isVersion(node) ? node.name : node.label}
            </span>
          </Link>
        );
      })}
    </div>
  );
}
