/** Names that the other studio's users write; IANA names are taken as they are. */
const windowsNames: Record<string, string> = {
  utc: "UTC",
  "greenwich standard time": "Atlantic/Reykjavik",
  "gmt standard time": "Europe/London",
  "w. europe standard time": "Europe/Berlin",
  "central europe standard time": "Europe/Budapest",
  "central european standard time": "Europe/Warsaw",
  "romance standard time": "Europe/Paris",
  "e. europe standard time": "Europe/Chisinau",
  "fle standard time": "Europe/Kyiv",
  "gtb standard time": "Europe/Bucharest",
  "russian standard time": "Europe/Moscow",
  "turkey standard time": "Europe/Istanbul",
  "israel standard time": "Asia/Jerusalem",
  "egypt standard time": "Africa/Cairo",
  "south africa standard time": "Africa/Johannesburg",
  "arab standard time": "Asia/Riyadh",
  "arabian standard time": "Asia/Dubai",
  "pakistan standard time": "Asia/Karachi",
  "india standard time": "Asia/Kolkata",
  "bangladesh standard time": "Asia/Dhaka",
  "se asia standard time": "Asia/Bangkok",
  "china standard time": "Asia/Shanghai",
  "singapore standard time": "Asia/Singapore",
  "taipei standard time": "Asia/Taipei",
  "tokyo standard time": "Asia/Tokyo",
  "korea standard time": "Asia/Seoul",
  "aus eastern standard time": "Australia/Sydney",
  "e. australia standard time": "Australia/Brisbane",
  "cen. australia standard time": "Australia/Adelaide",
  "w. australia standard time": "Australia/Perth",
  "new zealand standard time": "Pacific/Auckland",
  "hawaiian standard time": "Pacific/Honolulu",
  "alaskan standard time": "America/Anchorage",
  "pacific standard time": "America/Los_Angeles",
  "us mountain standard time": "America/Phoenix",
  "mountain standard time": "America/Denver",
  "central standard time": "America/Chicago",
  "eastern standard time": "America/New_York",
  "atlantic standard time": "America/Halifax",
  "newfoundland standard time": "America/St_Johns",
  "sa pacific standard time": "America/Bogota",
  "argentina standard time": "America/Argentina/Buenos_Aires",
  "e. south america standard time": "America/Sao_Paulo",
  "central standard time (mexico)": "America/Mexico_City",
};

/** The IANA name of a time zone, or null for a name that nobody knows. */
export function findTimeZone(name: string | undefined): string | null {
  if (name === undefined) return "UTC";
  const known = windowsNames[name.trim().toLowerCase()];
  if (known) return known;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name.trim() }).resolvedOptions().timeZone;
  } catch {
    // Intl throws a RangeError for a name that it does not know.
    return null;
  }
}

export interface LocalTime {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times as much as using it. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** What clocks and calendars of a zone show at a moment. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const parts = formatterOf(timeZone).formatToParts(at);
  const part = (type: string) => Number(parts.find((item) => item.type === type)?.value ?? 0);
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
  };
}

/** Days since 1970 of a local date. */
export function dayNumber({ year, month, day }: LocalTime): number {
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000);
}

/** The moment that a written time means: as it says, else by the clocks of the zone. */
export function momentOf(text: string, timeZone: string): Date {
  if (/(z|[-+]\d{2}:?\d{2})$/i.test(text.trim())) return new Date(text);
  const wanted = Date.parse(`${text.trim()}${/t/i.test(text) ? "" : "T00:00"}Z`);
  // The offset at the moment that comes out may differ from that at the first guess; the second look settles it.
  let guess = wanted;
  for (let look = 0; look < 2; look++) {
    const { year, month, day, hour, minute } = localTime(new Date(guess), timeZone);
    guess += wanted - (Date.UTC(year, month - 1, day, hour, minute) + (wanted % 60_000));
  }
  return new Date(guess);
}
