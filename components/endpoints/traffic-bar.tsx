"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { seriesStyle } from "#components/charts/series-style.ts";
import { cn } from "#components/ui/cn.ts";
import { borderAt, moveBorder, type Share } from "./traffic-split.ts";

export interface TrafficBarProps {
  shares: Share[];
  looks: ReadonlyMap<string, number>;
  /** Absent: the bar is only looked at. */
  onChange?: (shares: Share[]) => void;
}

/** The shares side by side, with a border between each two that is moved by pointer or arrow keys. */
export function TrafficBar({ shares, looks, onChange }: TrafficBarProps) {
  const track = useRef<HTMLDivElement>(null);
  const percentAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    return box ? ((event.clientX - box.left) / box.width) * 100 : 0;
  };
  return (
    <div ref={track} className="relative mx-1 h-8 select-none max-sm:h-11">
      <div className="flex h-full overflow-hidden rounded-control border border-line-2">
        {shares.map(({ name, percent }) => {
          const { colour } = seriesStyle(looks.get(name) ?? 0);
          return (
            <div
              key={name}
              className="flex min-w-0 items-center gap-1.5 overflow-hidden whitespace-nowrap px-2.5 text-name"
              style={{
                width: `${percent}%`,
                paddingInline: percent < 8 ? 0 : undefined,
                backgroundColor: `color-mix(in oklab, var(${colour}) 16%, transparent)`,
                boxShadow: percent > 0 ? `inset 0 -2px var(${colour})` : undefined,
              }}
            >
              {percent >= 25 ? `${name} ${percent}%` : percent >= 12 ? `${percent}%` : null}
            </div>
          );
        })}
      </div>
      {onChange
        ? shares
            .slice(0, -1)
            .map((share, index) => (
              <Handle
                key={share.name}
                shares={shares}
                index={index}
                percentAt={percentAt}
                onMove={(to) => onChange(moveBorder(shares, index, to))}
              />
            ))
        : null}
    </div>
  );
}

interface HandleProps {
  shares: Share[];
  index: number;
  percentAt: (event: PointerEvent) => number;
  onMove: (to: number) => void;
}

const steps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

function Handle({ shares, index, percentAt, onMove }: HandleProps) {
  const at = borderAt(shares, index);
  const [left, right] = [shares[index], shares[index + 1]];
  const low = index === 0 ? 0 : borderAt(shares, index - 1);
  const high = index + 1 >= shares.length - 1 ? 100 : borderAt(shares, index + 1);
  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    const to =
      event.key === "Home" ? low : event.key === "End" ? high : step === undefined ? null : at + step;
    if (to === null) return;
    event.preventDefault();
    onMove(to);
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`Traffic between ${left?.name} and ${right?.name}`}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={at}
      aria-valuetext={`${left?.name} ${left?.percent}%, ${right?.name} ${right?.percent}%`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(percentAt(event));
      }}
      className={cn(
        "absolute -inset-y-0.5 -ml-[5px] w-2.5 cursor-ew-resize touch-none rounded-check border-2 border-ink bg-panel shadow-1",
        "before:absolute before:-inset-x-2 before:inset-y-0",
      )}
      style={{ left: `${at}%` }}
    />
  );
}
