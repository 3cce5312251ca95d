import { cn } from "./cn.ts";

/** A grey bar in the shape of what comes; shown only when the wait is longer than 150 ms. */
export function Skeleton({ className, round = false }: { className?: string; round?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cn("show-late block h-3 bg-active", round ? "rounded-full" : "rounded-tag", className)}
    />
  );
}

/** Rows as a list has them: a mark, a name, two facts. */
export function SkeletonRows({ rows = 6, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-8 items-center gap-3 border-line border-b">
          <Skeleton round className="size-3.5" />
          <Skeleton className={["w-40", "w-28", "w-48"][index % 3] ?? "w-40"} />
          <Skeleton className="ml-auto w-16" />
          <Skeleton className="w-10" />
        </div>
      ))}
    </div>
  );
}

/** Lines of text. */
export function SkeletonText({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} className={index === lines - 1 ? "w-2/5" : "w-full"} />
      ))}
    </div>
  );
}
