"use client";

import { railStorageKey } from "#components/theme/theme-script.ts";

/** Folds or unfolds the rail on this browser; the theme script applies it before the first paint. */
export function toggleRail(): void {
  const { dataset } = document.documentElement;
  if (dataset.rail === "collapsed") {
    delete dataset.rail;
    localStorage.removeItem(railStorageKey);
  } else {
    dataset.rail = "collapsed";
    localStorage.setItem(railStorageKey, "collapsed");
  }
}
