"use client";

import { useSyncExternalStore } from "react";

const names: Record<string, string> = {
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  space: "Space",
  shift: "Shift",
  alt: "Alt",
  tab: "Tab",
  backspace: "Backspace",
  delete: "Del",
  "-": "−",
};

/** `mod+k` → "Ctrl K", on a Mac "⌘ K"; `g h` → "G H", `+` → "+". */
export function keyLabel(keys: string, mac: boolean): string {
  return keys
    .split(" ")
    .flatMap((step) => (step === "+" ? step : step.split("+")))
    .map((part) => (part === "mod" ? (mac ? "⌘" : "Ctrl") : (names[part] ?? part.toUpperCase())))
    .join(" ");
}

const never = () => () => {};

export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /mac|iphone|ipad/i.test(navigator.userAgent),
    () => false,
  );
}

export function useKeyLabel(keys: string): string {
  return keyLabel(keys, useIsMac());
}
