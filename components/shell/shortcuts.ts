"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Shortcut {
  /** `j`, `shift+x`, `mod+k` (Ctrl, or ⌘ on a Mac), `g h` (one after the other), `?`, `enter`, `escape`. */
  keys: string;
  /** What it does, for the list of all keys. */
  label: string;
  /** The heading it stands under in that list. */
  group: string;
  /** False from a handler lets the key do what it would have done. */
  run: (event: KeyboardEvent) => unknown;
}

const sequenceMs = 1_000;
const offKey = "atelier.keys";
const registered: Shortcut[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];
let begun = { keys: "", at: 0 };

function changed() {
  snapshot = [...registered];
  for (const listener of listeners) listener();
}

function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select, [role=textbox], [role=combobox]"))
    return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)
  );
}

/** A dialog, menu or list that is open has the keys for itself. */
function inLayer(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]") !== null
  );
}

/** The name of what was pressed, in the form of `Shortcut.keys`. */
export function keyOf(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
): string {
  const key = event.key.toLowerCase();
  const letter = /^[a-z0-9]$/.test(key) || key.length > 1;
  return [
    (event.ctrlKey || event.metaKey) && "mod",
    event.altKey && "alt",
    event.shiftKey && letter && "shift",
    key === " " ? "space" : key,
  ]
    .filter(Boolean)
    .join("+");
}

function find(keys: string): Shortcut | undefined {
  return registered.findLast((shortcut) => shortcut.keys === keys);
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || (event.repeat && event.key === "Enter")) return;
  const pressed = keyOf(event);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && (inField(event.target) || inLayer(event.target) || !singleKeysOn())) return;
  const now = Date.now();
  const sequence = now - begun.at < sequenceMs ? `${begun.keys} ${pressed}` : "";
  const shortcut = (sequence && find(sequence)) || find(pressed);
  const opens = registered.some((each) => each.keys.startsWith(`${pressed} `));
  begun = opens ? { keys: pressed, at: now } : { keys: "", at: 0 };
  if (shortcut === undefined || shortcut.run(event) === false) return;
  event.preventDefault();
}

function register(shortcut: Shortcut): () => void {
  if (registered.length === 0) document.addEventListener("keydown", onKeyDown);
  registered.push(shortcut);
  changed();
  return () => {
    registered.splice(registered.indexOf(shortcut), 1);
    if (registered.length === 0) document.removeEventListener("keydown", onKeyDown);
    changed();
  };
}

/** A key while the component is on the page; of two with the same keys the later one acts. `null` turns it off. */
export function useShortcut(shortcut: Shortcut | null): void {
  const latest = useRef(shortcut);
  latest.current = shortcut;
  const { keys, label, group } = shortcut ?? {};
  useEffect(() => {
    if (keys === undefined || label === undefined || group === undefined) return;
    return register({ keys, label, group, run: (event) => latest.current?.run(event) });
  }, [keys, label, group]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none: readonly Shortcut[] = [];

/** All keys that act on this page now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    subscribe,
    () => snapshot,
    () => none,
  );
}

function singleKeysOn(): boolean {
  return localStorage.getItem(offKey) !== "off";
}

/** Keys without Ctrl or Alt can be turned off, for speech control and shaky hands. */
export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(offKey);
  else localStorage.setItem(offKey, "off");
  changed();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, singleKeysOn, () => true);
}
