"use client";

import { Box, Database, ListTree, RadioTower } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { Link } from "#components/ui/navigation.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { describeRunStatus } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import type { Lineage, LineageNode } from "#lib/models/model.ts";

const columns: LineageNode["kind"][] = ["dataset", "run", "model", "endpoint"];
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

const width = 190;
const height = 58;
const gapX = 64;
const gapY = 20;

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

/** Each node's place: a column for its kind, stacked and centred. */
function placeNodes(lineage: Lineage): { x: number; y: number }[] {
  const used = columns.filter((kind) => lineage.nodes.some((node) => node.kind === kind));
  const tallest = Math.max(...used.map((kind) => lineage.nodes.filter((node) => node.kind === kind).length));
  const next = new Map<string, number>();
  return lineage.nodes.map((node) => {
    const count = lineage.nodes.filter((each) => each.kind === node.kind).length;
    const index = next.get(node.kind) ?? 0;
    next.set(node.kind, index + 1);
    const offset = ((tallest - count) * (height + gapY)) / 2;
    return { x: used.indexOf(node.kind) * (width + gapX), y: offset + index * (height + gapY) };
  });
}

/** From the data by the run to the model, and on to its endpoints. Each box is a link. */
export function LineageGraph({ workspace, lineage }: { workspace: string; lineage: Lineage }) {
  const places = placeNodes(lineage);
  const right = Math.max(...places.map((place) => place.x)) + width;
  const bottom = Math.max(...places.map((place) => place.y)) + height;
  return (
    <ScrollRegion aria-label="Lineage" className="overflow-x-auto rounded-card border border-line bg-bg p-5">
      <div className="relative" style={{ width: right, height: bottom }}>
        <svg width={right} height={bottom} aria-hidden="true" className="absolute inset-0">
          {lineage.edges.map(({ from, to }) => {
            const start = places[from];
            const end = places[to];
            if (!start || !end) return null;
            const [x1, y1] = [start.x + width, start.y + height / 2];
            const [x2, y2] = [end.x, end.y + height / 2];
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
              style={{ left: places[index]?.x, top: places[index]?.y, width, height }}
              className={cn(
                "absolute flex flex-col justify-center rounded-card border border-line-2 bg-panel px-3 hover:bg-hover",
                node.kind === "model" && "border-2 border-accent",
              )}
            >
              <span className="flex items-center gap-1.5 text-caption text-ink-3">
                {icons[node.kind]}
                {words[node.kind]}
                {status ? (
                  <span className="ml-auto">
                    <StatusIcon kind={status.kind} size={12} label />
                  </span>
                ) : null}
              </span>
              <span className="truncate text-name">{node.label}</span>
            </Link>
          );
        })}
      </div>
    </ScrollRegion>
  );
}
