"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

export interface BulkBarProps {
  count: number;
  onClear: () => void;
  /** Buttons of the variant `on-dark`. */
  children?: ReactNode;
}

/** What can be done with the selected rows; stands over the lower edge of the table. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  return (
    <section
      aria-label="Selected rows"
      className="absolute inset-x-2 bottom-12 z-20 mx-auto flex w-fit max-w-[calc(100%-16px)] items-center gap-2 overflow-x-auto rounded-card bg-ink py-2 pr-2 pl-3.5 text-panel shadow-2"
    >
      <span role="status" className="whitespace-nowrap text-name tabular-nums">
        {formatCount(count)} selected
      </span>
      {children ? <span aria-hidden="true" className="mx-1 h-5 w-px flex-none bg-panel/25" /> : null}
      {children}
      <IconButton
        label="Clear the selection"
        keys="Esc"
        icon={<X size={16} />}
        variant="on-dark"
        onClick={onClear}
      />
    </section>
  );
}
