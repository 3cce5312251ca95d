import { formatDate } from "#components/ui/format.ts";

/** Up to a day relative ("in 5 min"), then the date and the time ("22 Nov, 03:00"), in the reader's time zone. */
export function formatUntil(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  if (seconds < 5) return "now";
  if (seconds < 60) return `in ${seconds} s`;
  if (seconds < 3600) return `in ${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `in ${Math.round(seconds / 3600)} h`;
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${formatDate(at, now)}, ${two(date.getHours())}:${two(date.getMinutes())}`;
}
