/** Tags and properties as texts: one without a value is an empty text. */
export function textValues(values: Record<string, string | null> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, value ?? ""]));
}
