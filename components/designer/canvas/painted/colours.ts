/** The colours of the theme by the names of their roles; a canvas cannot read them by itself. */
export type Colours = (role: string) => string;

/** Reads colours as they are now; each once. */
export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (role) => {
    const old = known.get(role);
    if (old !== undefined) return old;
    const colour = style.getPropertyValue(`--${role}`).trim();
    known.set(role, colour);
    return colour;
  };
}

/** Calls when the theme is changed. */
export function watchTheme(listener: () => void): () => void {
  const watcher = new MutationObserver(listener);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  return () => watcher.disconnect();
}
