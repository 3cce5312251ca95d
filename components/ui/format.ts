const minus = "−";
/** Shown where there is no value. */
export const missing = "–";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 29999 → "29,999". */
export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing;
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 }).replace("-", minus);
}

/** Up to `digits` significant digits; whole numbers in full; very large and small ones with an exponent. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return missing;
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) {
    const [mantissa = "0", exponent = "0"] = value.toExponential(digits - 1).split("e");
    return `${Number(mantissa)}e${Number(exponent)}`.replaceAll("-", minus);
  }
  if (Number.isInteger(value)) return formatCount(value);
  const decimals = Math.max(0, digits - Math.floor(Math.log10(size)) - 1);
  return value
    .toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: decimals })
    .replace("-", minus);
}

/** 0.203 → "20.3%". */
export function formatPercent(share: number | null | undefined, decimals = 1): string {
  if (share === null || share === undefined || Number.isNaN(share)) return missing;
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: decimals }).replace("-", minus)}%`;
}

/** 7577 → "7.4 KiB". */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return missing;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const text = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${text.toLocaleString("en-US")} ${units[unit]}`;
}

/** Up to a day relative ("5 min ago"), then the date ("18 Nov"), with the year when it is another one. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 0) return seconds > -60 ? "now" : formatDate(at, now);
  if (seconds < 10) return "now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return formatDate(at, now);
}

export function formatDate(at: number, now = Date.now()): string {
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? "" : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${months[date.getMonth()]}${year}`;
}

/** "18 Nov 2025, 12:41:04", in the reader's time zone. */
export function formatExact(at: number): string {
  return `${formatDate(at, 0)}, ${formatClock(at)}`;
}

/** "12:41:04", in the reader's time zone. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((value) => String(value).padStart(2, "0"))
    .join(":");
}

/** "1 run", "2 runs". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
