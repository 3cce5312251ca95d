import type { ComponentProps } from "react";

/** A part of a page that scrolls on its own, with a name for those who hear it; the arrow keys scroll it too. */
export function ScrollRegion({
  "aria-label": label,
  ...rest
}: ComponentProps<"section"> & { "aria-label": string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} {...rest} />
  );
}
