import type { ReactNode } from "react";

/** The verbs of a page under 640 px, within reach of the thumb. Its buttons share the width and are 44 high. */
export function VerbBar({ children }: { children: ReactNode }) {
  return (
    <>
      <div aria-hidden="true" className="h-[70px] flex-none sm:hidden" />
      <div className="fixed inset-x-0 bottom-0 z-20 flex gap-2 border-line border-t bg-panel px-4 py-3 sm:hidden [&>*]:h-11 [&>*]:min-w-0 [&>*]:flex-1">
        {children}
      </div>
    </>
  );
}
