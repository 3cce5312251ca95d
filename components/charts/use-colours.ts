"use client";

import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** The name of the theme in view: a canvas must be drawn again when it changes. */
export function useThemeName(): string {
  return useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset.theme ?? "light",
    () => "light",
  );
}

/** The value of a colour variable now; `alpha` mixes it with nothing. */
export function readColour(name: string, alpha = 1): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (alpha === 1 || !value.startsWith("#")) return value;
  return `${value}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
