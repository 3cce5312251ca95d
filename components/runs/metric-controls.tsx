"use client";

import { useId } from "react";
import { SearchInput } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { flag, integer, text } from "#components/ui/url-codec.ts";

/** How curves are shown; in the address, so that a link shows the same. */
export const chartView = { smooth: integer(0), log: flag(), find: text() };

export interface ChartView {
  /** 0 to 99. */
  smooth: number;
  log: boolean;
  find: string;
}

export interface MetricControlsProps {
  view: ChartView;
  onChange: (changes: Partial<ChartView>) => void;
  /** How many metrics there are; few need no search. */
  count: number;
}

const searchFrom = 5;

export function MetricControls({ view, onChange, count }: MetricControlsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      {count >= searchFrom || view.find ? (
        <SearchInput
          label="Find a metric"
          placeholder="Find a metric"
          className="max-w-60"
          value={view.find}
          onValueChange={(find) => onChange({ find })}
        />
      ) : null}
      <SmoothingControl value={view.smooth} onChange={(smooth) => onChange({ smooth })} />
      <Switch checked={view.log} onCheckedChange={(log) => onChange({ log })}>
        Log scale
      </Switch>
    </div>
  );
}

export function SmoothingControl({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const id = useId();
  const shown = Math.min(99, Math.max(0, value));
  return (
    <span className="flex items-center gap-2 text-body">
      <label htmlFor={id} className="text-ink-2">
        Smoothing
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={99}
        value={shown}
        onChange={(event) => onChange(Number(event.target.value))}
        className="touch-target h-4 w-28 accent-accent"
      />
      <output htmlFor={id} className="w-8 tabular-nums">
        {shown === 0 ? "0" : (shown / 100).toFixed(2)}
      </output>
    </span>
  );
}
