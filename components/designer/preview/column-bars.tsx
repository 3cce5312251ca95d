import type { ColumnProfile } from "#lib/designer/model.ts";

const width = 64;
const height = 22;

/** The shape of a column's values at a glance. */
export function ColumnBars({ column }: { column: ColumnProfile }) {
  const bins = column.histogram?.bins ?? [];
  const highest = Math.max(1, ...bins.map(({ count }) => count));
  const step = width / Math.max(1, bins.length);
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={`Histogram of ${column.name}`}
      className="mt-1 block"
    >
      {bins.map(({ count }, index) => {
        const tall = count === 0 ? 0 : Math.max(1, (count / highest) * height);
        return (
          <rect
            key={index}
            x={index * step}
            y={height - tall}
            width={Math.max(1, step - 1)}
            height={tall}
            className="fill-bar"
          />
        );
      })}
    </svg>
  );
}
