import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { TopBar, type TopBarProps } from "./top-bar.tsx";

export interface PageProps extends TopBarProps {
  children: ReactNode;
  /** `scroll` (default) scrolls as a whole; `fixed` gives its children the height, for tables and logs that scroll inside. */
  body?: "scroll" | "fixed" | undefined;
  className?: string | undefined;
}

/** The top bar and the page under it. */
export function Page({ children, body = "scroll", className, ...bar }: PageProps) {
  return (
    <>
      <TopBar {...bar} />
      <main
        id="main"
        tabIndex={-1}
        className={cn(
          "flex min-h-0 flex-1 flex-col bg-panel outline-none",
          body === "scroll" ? "overflow-y-auto" : "overflow-hidden",
          className,
        )}
      >
        {children}
      </main>
    </>
  );
}

/** Forms, first-run and settings pages: never wider than 944 px. */
export function NarrowColumn({
  children,
  className,
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return <div className={cn("mx-auto w-full max-w-[944px] px-4 py-6 sm:px-6", className)}>{children}</div>;
}
