import { readMiniGraph } from "./read-mini-graph.ts";

interface MiniGraphProps {
  /** The YAML of the pipeline. */
  text: string;
  className?: string | undefined;
}

const nodeWidth = 246;
const nodeHeight = 56;
const side = 24;

/** A pipeline the size of a stamp: its steps as bars, what feeds what as lines. It says nothing that is not said beside it. */
export function MiniGraph({ text, className }: MiniGraphProps) {
  const { nodes, edges } = readMiniGraph(text);
  if (nodes.length === 0) return null;
  const left = Math.min(...nodes.map(({ x }) => x)) - side;
  const top = Math.min(...nodes.map(({ y }) => y)) - side;
  const width = Math.max(...nodes.map(({ x }) => x)) + nodeWidth + side - left;
  const height = Math.max(...nodes.map(({ y }) => y)) + nodeHeight + side - top;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return (
    <svg viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true" className={className}>
      {edges.map(({ from, to }) => {
        const [a, b] = [byId.get(from), byId.get(to)];
        if (!a || !b) return null;
        const [x1, y1, x2, y2] = [a.x + nodeWidth / 2, a.y + nodeHeight, b.x + nodeWidth / 2, b.y];
        const bend = Math.max(24, (y2 - y1) / 2);
        return (
          <path
            key={`${from}-${to}`}
            d={`M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`}
            fill="none"
            stroke="var(--control)"
            strokeWidth="5"
          />
        );
      })}
      {nodes.map(({ id, x, y, isData }) => (
        <rect
          key={id}
          x={x}
          y={y}
          width={nodeWidth}
          height={nodeHeight}
          rx={isData ? nodeHeight / 2 : 12}
          fill={isData ? "var(--amount-3)" : "var(--panel)"}
          stroke={isData ? "var(--accent)" : "var(--control)"}
          strokeWidth="6"
        />
      ))}
    </svg>
  );
}
