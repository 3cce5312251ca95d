import { Fragment } from "react";
import { cn } from "./cn.ts";

/** One or more keys: "Ctrl K" draws two caps when `split`, otherwise one. */
export function Kbd({
  keys,
  split = false,
  className,
}: {
  keys: string;
  split?: boolean;
  className?: string;
}) {
  const caps = split ? keys.split(" ") : [keys];
  return (
    <span className="inline-flex gap-1">
      {caps.map((cap, index) => (
        <Fragment key={index}>
          <kbd
            className={cn(
              "inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-tag border border-line-2 bg-panel px-1 font-sans text-caption text-ink-2",
              className,
            )}
          >
            {cap}
          </kbd>
        </Fragment>
      ))}
    </span>
  );
}
