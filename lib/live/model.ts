/** One change as a watcher gets it. `id` is opaque and resumes the stream. */
export interface LiveEvent {
  id: string;
  kind: string;
  name: string;
  event: string;
  data: Record<string, unknown>;
  /** UTC milliseconds. */
  at: number;
}
