"use client";

import { useReactFlow } from "@xyflow/react";
import type { DraftDifference } from "#lib/designer/model.ts";
import { fitOne } from "../canvas/fit.ts";
import { select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";

const signs = { added: "+", removed: "−", changed: "±", moved: "↔" } as const;
const tones = {
  added: "text-completed",
  removed: "text-failed",
  changed: "text-warning",
  moved: "text-ink-3",
} as const;

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "default";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** What a version lacks or has against now, in words and signs. */
export function DifferenceList({ difference }: { difference: DraftDifference }) {
  const designer = useDesigner();
  const flow = useReactFlow();
  const nodes = difference.nodes.filter(({ state }) => state !== "moved");
  const moved = difference.nodes.length - nodes.length;
  const show = (id: string) => {
    if (!designer.model.get().byId.has(id)) return;
    select(designer, [id]);
    void flow.fitView(fitOne(id, Math.max(0.5, flow.getZoom())));
  };
  if (difference.nodes.length + difference.edges.length + difference.settings.length === 0)
    return <p className="text-secondary text-ink-3">The same as now.</p>;
  return (
    <ul className="flex flex-col gap-1 text-secondary text-ink-2" aria-label="Since then">
      {nodes.map(({ name, state, displayName, changes }) => (
        <li key={name}>
          <button type="button" className="text-left hover:underline" onClick={() => show(name)}>
            <span className={`${tones[state]} font-semibold`}>{signs[state]} </span>
            {displayName || name} {state === "changed" ? "" : state}
          </button>
          {changes.map(({ path, before, after }) => (
            <div key={path} className="pl-3 text-ink-3">
              {path.replace(/^inputs\./, "").replaceAll("_", " ")}: {describeValue(before)} →{" "}
              {describeValue(after)}
            </div>
          ))}
        </li>
      ))}
      {difference.edges.map(({ state, from, fromPort, to, toPort }) => (
        <li key={`${state}${from}${fromPort}${to}${toPort}`}>
          <span className={`${tones[state]} font-semibold`}>{signs[state]} </span>
          {from} to {to}
        </li>
      ))}
      {difference.settings.map(({ path, before, after }) => (
        <li key={path}>
          <span className={`${tones.changed} font-semibold`}>± </span>
          {path}: {describeValue(before)} → {describeValue(after)}
        </li>
      ))}
      {moved > 0 ? <li className="text-ink-3">↔ {moved} moved</li> : null}
    </ul>
  );
}
