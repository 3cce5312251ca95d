import { sampleIndexes } from "#components/charts/chart-data.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { CurvePlotProps } from "./curve-plot.tsx";

const shownPoints = 101;

/** The points of each curve, an even sample where there are very many. */
export function PointsTable({
  title,
  xName,
  yName,
  series,
  formatX,
  formatY,
  height,
}: CurvePlotProps & { height: number }) {
  return (
    <ScrollRegion aria-label={`${title}, table`} className="flex gap-8 overflow-auto" style={{ height }}>
      {series.map((one) => (
        <table key={one.look} className="flex-1 self-start text-secondary tabular-nums">
          <caption className="sticky top-0 bg-panel pb-1 text-left text-name">{one.name}</caption>
          <thead className="text-ink-3">
            <tr>
              <th scope="col" className="h-7 pr-3 text-right font-medium">
                {xName}
              </th>
              <th scope="col" className="h-7 pl-3 text-right font-medium">
                {yName}
              </th>
            </tr>
          </thead>
          <tbody>
            {sampleIndexes(one.points.length, shownPoints).map((index) => {
              const [x, y] = one.points[index] ?? [0, 0];
              return (
                <tr key={index} className="border-line border-t">
                  <td className="h-6 pr-3 text-right">{formatX(x)}</td>
                  <td className="pl-3 text-right">{formatY(y)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ))}
    </ScrollRegion>
  );
}
