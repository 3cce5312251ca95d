/** Fields that are not set and lists that are empty are left out, as the protocol does. */
export function jsonReply(body: object): Response {
  const text = JSON.stringify(body, (_key, value: unknown) =>
    Array.isArray(value) && value.length === 0 ? undefined : value,
  );
  return new Response(text, { headers: { "content-type": "application/json" } });
}

/** A double as it travels: NaN and the infinities as words. */
export function wireDouble(value: number, isNan = false): number | string {
  if (isNan || Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  return value === Number.NEGATIVE_INFINITY ? "-Infinity" : value;
}

export function wireTime(at: Date | null): number | undefined {
  return at?.getTime();
}

export function wireTags(tags: Record<string, string>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
