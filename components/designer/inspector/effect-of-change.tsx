"use client";

import { useMemo } from "react";
import { plural } from "#components/ui/format.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { formatDuration } from "#lib/core/duration.ts";
import { findEffect } from "../model/find-effect.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

const namedCount = 6;

/** Under the form of a step that was changed: what the next run repeats, what it reuses, about how long it takes. */
export function EffectOfChange({ id }: { id: string }) {
  const designer = useDesigner();
  const model = useStore(designer.model, (now) => now);
  const states = useStore(designer.states, (now) => now);
  const edited = states.get(id)?.edited === true;
  const effect = useMemo(() => (edited ? findEffect(model, states) : null), [edited, model, states]);
  if (!effect) return null;
  const names = (ids: readonly string[]) => {
    const first = ids.slice(0, namedCount).map((one) => model.byId.get(one)?.title ?? one);
    return ids.length > namedCount
      ? `${first.join(", ")} and ${ids.length - namedCount} more`
      : first.join(", ");
  };
  return (
    <section aria-label="Effect of your change" className="-mx-4 mt-2 border-line border-t px-4 pt-4">
      <h3 className="text-section">Effect of your change</h3>
      <p className="mt-1 text-secondary text-ink-2">
        The next run repeats {plural(effect.again.length, "step")} and reuses {effect.reused.length}.
        {effect.aboutMs === null || effect.aboutMs === 0 ? "" : ` About ${formatDuration(effect.aboutMs)}.`}
      </p>
      <p className="mt-2 flex gap-1.5 text-secondary text-ink">
        <StatusIcon kind="preparing" size={14} label="Runs again" className="mt-px" />
        <span>{names(effect.again)}</span>
      </p>
      {effect.reused.length > 0 ? (
        <p className="mt-1 flex gap-1.5 text-secondary text-ink">
          <StatusIcon kind="reused" size={14} label="Reused" className="mt-px" />
          <span>{names(effect.reused)}</span>
        </p>
      ) : null}
    </section>
  );
}
