"use client";

import { ViewportPortal } from "@xyflow/react";
import { initialsOf } from "#components/ui/avatar.tsx";
import { useOthers } from "../session/others.ts";

/** The pointers of the others, each in its person's colour. */
export function Cursors() {
  const others = useOthers((all) => all.filter(({ cursor }) => cursor !== null));
  return (
    <ViewportPortal>
      {others.map(({ client, name, hue, cursor }) => (
        <div
          key={client}
          aria-hidden="true"
          title={name}
          style={{ transform: `translate(${cursor?.x ?? 0}px, ${cursor?.y ?? 0}px)` }}
          className="pointer-events-none absolute top-0 left-0 z-30"
        >
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path
              d="M2 1.500 13 7l-4.700 1.600L6 13.500z"
              fill={`var(--person-${hue})`}
              stroke="var(--panel)"
              strokeWidth="1"
            />
          </svg>
          <span
            style={{ background: `var(--person-${hue})` }}
            className="ml-3 block w-fit rounded-tag px-1.5 py-0.5 text-caption text-on-person"
          >
            {initialsOf(name)}
          </span>
        </div>
      ))}
    </ViewportPortal>
  );
}
