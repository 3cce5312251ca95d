/** ISO 8601 in UTC, or null. */
export function isoTime(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

/** `creation_context`: who made a thing and when. */
export function creation(at: number, by: string | null): Record<string, unknown> {
  return { created_at: isoTime(at), created_by: by, created_by_type: "User" };
}
