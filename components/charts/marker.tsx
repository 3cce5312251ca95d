import { type Marker, seriesStyle } from "./series-style.ts";

/** The path of a marker around (0, 0), `r` being half its size. Crosses are stroked, the rest filled. */
export function markerPath(marker: Marker, r: number): { d: string; stroked: boolean } {
  switch (marker) {
    case "disc":
      return { d: `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`, stroked: false };
    case "square":
      return { d: `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`, stroked: false };
    case "triangle":
      return { d: `M0 ${-1.15 * r}L${1.15 * r} ${0.9 * r}H${-1.15 * r}z`, stroked: false };
    case "diamond":
      return { d: `M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0z`, stroked: false };
    case "cross":
      return { d: `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`, stroked: true };
    case "plus":
      return { d: `M0 ${-1.2 * r}V${1.2 * r}M${-1.2 * r} 0H${1.2 * r}`, stroked: true };
  }
}

/** A marker alone, 10 px: in tooltips. */
export function SeriesMarker({ index, size = 10 }: { index: number; size?: number }) {
  const { colour, marker } = seriesStyle(index);
  const { d, stroked } = markerPath(marker, 3.4);
  return (
    <svg viewBox="-5 -5 10 10" width={size} height={size} aria-hidden="true" className="flex-none">
      <path
        d={d}
        fill={stroked ? "none" : `var(${colour})`}
        stroke={stroked ? `var(${colour})` : "none"}
        strokeWidth="2"
      />
    </svg>
  );
}

/** Line, dash and marker of a series, 24 px wide: in legends and heads. */
export function SeriesKey({ index, width = 24 }: { index: number; width?: number }) {
  const { colour, dash, marker } = seriesStyle(index);
  const { d, stroked } = markerPath(marker, 3.4);
  return (
    <svg viewBox={`0 -5 ${width} 10`} width={width} height={10} aria-hidden="true" className="flex-none">
      <path
        d={`M0 0H${width}`}
        stroke={`var(${colour})`}
        strokeWidth="1.75"
        strokeDasharray={dash.join(" ")}
      />
      <path
        transform={`translate(${width / 2} 0)`}
        d={d}
        fill={stroked ? "none" : `var(${colour})`}
        stroke={stroked ? `var(${colour})` : "none"}
        strokeWidth="2"
      />
    </svg>
  );
}
