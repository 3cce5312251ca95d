import type { ReactNode } from "react";
import { StatusIcon } from "#components/ui/status-icon.tsx";

/** One row of the form, with what is wrong in it below. */
export function RowFrame({ children, error }: { children: ReactNode; error: string | undefined }) {
  return (
    <div className="relative max-sm:border-line max-sm:border-b max-sm:pb-3">
      {children}
      {error ? (
        <p role="alert" className="mt-1 flex items-start gap-1 text-secondary text-failed">
          <StatusIcon kind="failed" size={12} className="mt-0.5" />
          {error}
        </p>
      ) : null}
    </div>
  );
}
