"use client";

import { useMemo } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { hasTime, type TriggerForm, units, weekDays } from "./trigger-form.ts";

interface TriggerFieldsProps {
  form: TriggerForm;
  onChange: (change: Partial<TriggerForm>) => void;
  /** By the key of the schedule file: `interval`, `expression`, `time_zone`. */
  faults: Readonly<Record<string, string>>;
}

const zonesId = "time-zones";
const title = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** When a schedule fires: every so often, or by a cron expression. */
export function TriggerFields({ form, onChange, faults }: TriggerFieldsProps) {
  const zones = useMemo(() => ["UTC", ...Intl.supportedValuesOf("timeZone")], []);
  return (
    <div className="flex flex-col gap-4">
      <Segmented
        label="Kind of trigger"
        className="self-start"
        options={[
          { value: "interval", label: "Every so often" },
          { value: "cron", label: "Cron expression" },
        ]}
        value={form.kind}
        onValueChange={(kind) => onChange({ kind })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {form.kind === "cron" ? (
          <Field
            label="Expression"
            help="Minute, hour, day, month, day of the week"
            error={faults.expression}
          >
            <Input
              size="lg"
              mono
              value={form.expression}
              onChange={(event) => onChange({ expression: event.target.value })}
            />
          </Field>
        ) : (
          <>
            <Field label="Every" error={faults.interval}>
              <Input
                size="lg"
                type="number"
                min={1}
                value={form.every}
                onChange={(event) => onChange({ every: event.target.value })}
              />
            </Field>
            <Field label="Unit">
              <Select
                size="lg"
                options={units.map((unit) => ({
                  value: unit,
                  label: form.every === "1" ? unit : `${unit}s`,
                }))}
                value={form.unit}
                onValueChange={(unit) => onChange({ unit })}
              />
            </Field>
            {form.unit === "week" ? (
              <Field label="On">
                <Select
                  size="lg"
                  options={weekDays.map((day) => ({ value: day, label: title(day) }))}
                  value={form.weekDay}
                  onValueChange={(weekDay) => onChange({ weekDay })}
                />
              </Field>
            ) : null}
            {hasTime(form.unit) ? (
              <Field label="At">
                <Input
                  size="lg"
                  type="time"
                  required
                  value={form.time}
                  onChange={(event) => onChange({ time: event.target.value })}
                />
              </Field>
            ) : null}
          </>
        )}
        <Field label="Time zone" error={faults.time_zone}>
          <Input
            size="lg"
            list={zonesId}
            value={form.timeZone}
            onChange={(event) => onChange({ timeZone: event.target.value })}
          />
        </Field>
      </div>
      <datalist id={zonesId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}
