"use client";

import { type ReactNode, useState } from "react";
import { cn } from "./cn.ts";
import { Segmented } from "./segmented.tsx";

export interface SplitLayoutProps {
  /** The work, at the left. */
  children: ReactNode;
  /** The facts, at the right. */
  facts: ReactNode;
  workLabel?: string | undefined;
  factsLabel?: string | undefined;
  /** 304 to 320. */
  factsWidth?: number | undefined;
  className?: string | undefined;
}

/** Two columns with a hairline. Under 1,100 px one at a time, by a switch; under 640 px one above the other. */
export function SplitLayout(props: SplitLayoutProps) {
  const { children, facts, workLabel = "Work", factsLabel = "Details", factsWidth = 312, className } = props;
  const [shown, setShown] = useState<"work" | "facts">("work");
  return (
    <div className={cn("flex min-h-0 flex-1 max-wide:flex-col", className)}>
      <div className="px-6 pt-3 max-sm:hidden wide:hidden">
        <Segmented
          label="Part of the page"
          options={[
            { value: "work", label: workLabel },
            { value: "facts", label: factsLabel },
          ]}
          value={shown}
          onValueChange={setShown}
        />
      </div>
      <div
        className={cn(
          "min-w-0 flex-1 p-4 max-sm:flex-none sm:px-6",
          shown === "facts" && "max-wide:sm:hidden",
        )}
      >
        {children}
      </div>
      <aside
        aria-label={factsLabel}
        style={{ "--facts": `${factsWidth}px` } as React.CSSProperties}
        className={cn(
          "flex-none border-line p-4 max-sm:border-t wide:w-(--facts) wide:border-l wide:px-5",
          shown === "work" && "max-wide:sm:hidden",
        )}
      >
        {facts}
      </aside>
    </div>
  );
}
