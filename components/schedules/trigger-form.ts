/** A trigger as a form holds it; all texts are as typed. */
export interface TriggerForm {
  kind: "interval" | "cron";
  every: string;
  unit: Unit;
  /** `03:00`, for days, weeks and months. */
  time: string;
  weekDay: WeekDay;
  expression: string;
  timeZone: string;
}

export const units = ["minute", "hour", "day", "week", "month"] as const;
export type Unit = (typeof units)[number];

export const weekDays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type WeekDay = (typeof weekDays)[number];

/** Whether a time of the day can be told. */
export function hasTime(unit: Unit): boolean {
  return unit === "day" || unit === "week" || unit === "month";
}

/** The trigger in the words of a schedule file. */
export function writeTrigger(form: TriggerForm): Record<string, unknown> {
  const zone = { time_zone: form.timeZone };
  if (form.kind === "cron") return { type: "cron", expression: form.expression.trim(), ...zone };
  const { unit } = form;
  const [hours = 0, minutes = 0] = form.time.split(":").map(Number);
  return {
    type: "recurrence",
    frequency: unit,
    interval: Number(form.every),
    ...(hasTime(unit)
      ? {
          schedule: {
            hours: [hours],
            minutes: [minutes],
            ...(unit === "week" ? { week_days: [form.weekDay] } : {}),
          },
        }
      : {}),
    ...zone,
  };
}

function numbers(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "number");
}

function words(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

const two = (value: number) => String(value).padStart(2, "0");

/** A trigger of a schedule file for people: `Every day at 03:00, Europe/Berlin`. */
export function describeTrigger(trigger: Record<string, unknown>): string {
  const zone = typeof trigger.time_zone === "string" ? `, ${trigger.time_zone}` : ", UTC";
  if (trigger.type === "cron") return `${String(trigger.expression)}${zone}`;
  const unit = String(trigger.frequency);
  const interval = typeof trigger.interval === "number" ? trigger.interval : 1;
  const every = interval === 1 ? `Every ${unit}` : `Every ${interval} ${unit}s`;
  const inner = (trigger.schedule ?? {}) as Record<string, unknown>;
  const days = words(inner.week_days).map((day) => day.charAt(0).toUpperCase() + day.slice(1));
  const monthDays = numbers(inner.month_days);
  const minutes = numbers(inner.minutes);
  const times = numbers(inner.hours).flatMap((hour) =>
    (minutes.length > 0 ? minutes : [0]).map((minute) => `${two(hour)}:${two(minute)}`),
  );
  const on = [...days, ...monthDays.map((day) => `day ${day}`)];
  return `${every}${on.length > 0 ? ` on ${on.join(", ")}` : ""}${times.length > 0 ? ` at ${times.join(", ")}` : ""}${zone}`;
}
