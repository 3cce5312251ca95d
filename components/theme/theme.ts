"use client";

import { useEffect, useSyncExternalStore } from "react";
import { themeStorageKey } from "./theme-script.ts";

export type ThemeChoice = "system" | "light" | "dark";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener("change", listener);
    window.removeEventListener("storage", listener);
  };
}

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(themeStorageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function systemTheme(): "light" | "dark" {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Keeps the choice on this browser; `system` follows the system again. */
export function setTheme(choice: ThemeChoice): void {
  if (choice === "system") localStorage.removeItem(themeStorageKey);
  else localStorage.setItem(themeStorageKey, choice);
  document.documentElement.dataset.theme = choice === "system" ? systemTheme() : choice;
  for (const listener of listeners) listener();
}

/** What was chosen, and the theme that is shown. */
export function useTheme(): { choice: ThemeChoice; theme: "light" | "dark" } {
  const choice = useSyncExternalStore<ThemeChoice>(subscribe, readChoice, () => "system");
  const system = useSyncExternalStore<"light" | "dark">(subscribe, systemTheme, () => "light");
  return { choice, theme: choice === "system" ? system : choice };
}

/** Puts the theme back when the page had to be drawn anew in the browser, where the script of the page does not run. */
export function useKeptTheme(): void {
  const { theme } = useTheme();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
