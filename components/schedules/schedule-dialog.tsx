"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { parse } from "yaml";
import { readFormErrors } from "#components/people/form-errors.ts";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { NextTimes } from "./next-times.tsx";
import { TriggerFields } from "./trigger-fields.tsx";
import { type TriggerForm, writeTrigger } from "./trigger-form.ts";
import { useNextTimes } from "./use-schedules.ts";

export interface ScheduleDialogProps {
  workspace: string;
  /** The job: that of a run, or a draft as it is at the moment of saving. */
  job: { run: string } | { readText: () => string };
  /** What it is called after unless told. */
  title: string;
  onClose: () => void;
}

function nameFor(title: string): string {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "").slice(0, 100) || "schedule";
}

const fields = ["name", "expression", "interval", "time_zone"];

/** Starts a pipeline by the clock. What it runs is fixed here: later changes of the draft do not touch it. */
export function ScheduleDialog({ workspace, job, title, onClose }: ScheduleDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [name, setName] = useState(() => nameFor(title));
  const [form, setForm] = useState<TriggerForm>(() => ({
    kind: "interval",
    every: "1",
    unit: "day",
    time: "03:00",
    weekDay: "monday",
    expression: "0 3 * * 1-5",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const known = useQuery(
    orpc.schedules.list.queryOptions({ input: { workspace, disabled: "true", limit: 1000 } }),
  );
  const replaces = known.data?.items.some((each) => each.name === name) ?? false;
  const trigger = useMemo(() => writeTrigger(form), [form]);
  const times = useNextTimes(workspace, useDeferredValue(trigger));
  const wrong = times.error ?? failure;
  const faults = wrong ? readFormErrors(wrong, fields) : { byField: {}, whole: undefined };

  async function save() {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const createJob = "run" in job ? `azureml:${job.run}` : (parse(job.readText()) as unknown);
      await api.schedules.create({ workspace, spec: { name, trigger, create_job: createJob } });
      void queries.invalidateQueries({ queryKey: orpc.schedules.key() });
      const open = () => navigate.push(`/${workspace}/designer?tab=schedules`);
      toast({
        title: `${name} starts by the clock now`,
        kind: "completed",
        action: { label: "Open", run: open },
      });
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  return (
    <FormDialog
      title="Schedule the pipeline"
      description="It starts with the steps and values that it has now. Later changes of a draft do not touch it."
      submitLabel={busy ? "Saving" : replaces ? "Replace schedule" : "Schedule"}
      busy={busy}
      disabled={name === "" || Boolean(times.error)}
      problem={faults.whole}
      onSubmit={save}
      onClose={onClose}
    >
      <Field
        label="Name"
        help={replaces ? `Takes the place of the schedule ${name} that there is` : undefined}
        error={faults.byField.name}
      >
        <Input size="lg" value={name} onChange={(event) => setName(event.target.value.trim())} />
      </Field>
      <TriggerFields
        form={form}
        faults={faults.byField}
        onChange={(change) => {
          setFailure(undefined);
          setForm((now) => ({ ...now, ...change }));
        }}
      />
      {times.data && !times.error ? (
        <section>
          <h3 className="mb-1 text-label text-ink-2">Next times</h3>
          <NextTimes times={times.data.items} timeZone={form.timeZone} />
        </section>
      ) : null}
    </FormDialog>
  );
}
