import type { LineCounter } from "yaml";
import type { SpecPath } from "./paths.ts";

export interface SourceFile {
  /** As errors show it. */
  file: string;
  text: string;
  lines: LineCounter;
}

/** Where a value was written. Offsets are characters in the source. */
export interface Spot {
  source: SourceFile;
  /** From 1; of the key, or of the list item. */
  line: number;
  column: number;
  valueStart: number;
  valueEnd: number;
}

/** A value that came from a flag instead of the file; errors then name the flag. */
export interface FlagSpot {
  flag: string;
}

export type Spots = Map<string, Spot | FlagSpot>;

export function spotKey(path: SpecPath): string {
  return JSON.stringify(path);
}

/** The spot of a value, else of the nearest thing around it. */
export function findSpot(spots: Spots, path: SpecPath): Spot | FlagSpot | undefined {
  for (let length = path.length; length >= 0; length--) {
    const spot = spots.get(spotKey(path.slice(0, length)));
    if (spot) return spot;
  }
  return undefined;
}

/** `file:line` of the nth appearance of `needle` inside the value at `path`; of its key where it is not found. */
export function locate(
  spots: Spots,
  path: SpecPath,
  needle?: { text: string; nth: number },
): string | undefined {
  const spot = findSpot(spots, path);
  if (!spot) return undefined;
  if ("flag" in spot) return spot.flag;
  const { source } = spot;
  if (needle) {
    let at = spot.valueStart - 1;
    for (let count = 0; count <= needle.nth; count++) {
      at = source.text.indexOf(needle.text, at + 1);
      if (at < 0 || at >= spot.valueEnd) return `${source.file}:${spot.line}`;
    }
    return `${source.file}:${source.lines.linePos(at).line}`;
  }
  return `${source.file}:${spot.line}`;
}

/** Forgets every spot at or below a path. */
export function dropSpots(spots: Spots, path: SpecPath): void {
  const prefix = spotKey(path).slice(0, -1);
  for (const key of spots.keys()) {
    if (key === `${prefix}]` || key.startsWith(`${prefix},`) || path.length === 0) spots.delete(key);
  }
}
