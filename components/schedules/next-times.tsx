"use client";

interface NextTimesProps {
  /** UTC milliseconds. */
  times: readonly number[];
  timeZone: string;
}

function formatIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  }).format(at);
}

/** `Europe/Berlin`, or UTC where the browser does not know the name. */
function knownZone(timeZone: string): string {
  try {
    formatIn(0, timeZone);
    return timeZone;
  } catch {
    return "UTC";
  }
}

/** The next times of a schedule, by the clocks of its zone. */
export function NextTimes({ times, timeZone }: NextTimesProps) {
  const zone = knownZone(timeZone);
  if (times.length === 0) return <p className="text-body text-ink-2">It never starts again.</p>;
  return (
    <ol className="flex flex-col gap-1 text-body tabular-nums">
      {times.map((at) => (
        <li key={at}>
          <time dateTime={new Date(at).toISOString()}>{formatIn(at, zone)}</time>
        </li>
      ))}
    </ol>
  );
}
