"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioGroup } from "#components/ui/radio.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { type ComputeTarget, defaultRunLimits } from "#lib/computes/model.ts";

export interface ComputeDialogProps {
  workspace: string;
  /** Changes this one; without it a new one is made. */
  target?: ComputeTarget | undefined;
  onClose: () => void;
}

type Provider = "docker" | "local";

function wholeOf(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** GiB, with a fraction, as MiB. */
function mibOf(text: string): number | null {
  const gib = Number(text.trim());
  return text.trim() !== "" && Number.isFinite(gib) && gib > 0 ? Math.round(gib * 1024) : null;
}

export function ComputeDialog({ workspace, target, onClose }: ComputeDialogProps) {
  const [name, setName] = useState(target?.name ?? "");
  const [provider, setProvider] = useState<Provider>(target?.provider === "local" ? "local" : "docker");
  const [slots, setSlots] = useState(String(target?.maxInstances ?? 2));
  const [cpus, setCpus] = useState(target?.cpus ? String(target.cpus) : "");
  const [memory, setMemory] = useState(target?.memoryMib ? String(target.memoryMib / 1024) : "");
  const [description, setDescription] = useState(target?.description ?? "");
  const [busy, setBusy] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const queries = useQueryClient();
  const toast = useToast();
  const maxInstances = wholeOf(slots);
  const slotsError = maxInstances && maxInstances <= 1000 ? undefined : "A whole number from 1 to 1,000";
  const cpusError = cpus.trim() === "" || wholeOf(cpus) ? undefined : "A whole number, or nothing";
  const memoryError = memory.trim() === "" || mibOf(memory) ? undefined : "A number above 0, or nothing";
  const ready = name.trim() !== "" && !slotsError && !cpusError && !memoryError;

  async function save() {
    if (!ready || busy || !maxInstances) return;
    setBusy(true);
    setProblem(null);
    const limits = { cpus: wholeOf(cpus), memoryMib: mibOf(memory) };
    try {
      if (target) {
        await api.computes.update({ workspace, compute: target.name, maxInstances, ...limits, description });
      } else {
        await api.computes.create({
          workspace,
          spec: {
            name: name.trim(),
            type: provider,
            max_instances: maxInstances,
            ...(limits.cpus ? { cpus: limits.cpus } : {}),
            ...(limits.memoryMib ? { memory: `${limits.memoryMib}m` } : {}),
            ...(description ? { description } : {}),
          },
        });
      }
      await queries.invalidateQueries({ queryKey: orpc.computes.key() });
      onClose();
      toast({ title: target ? `${target.name} changed` : `${name.trim()} made`, kind: "completed" });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }
  async function remove() {
    if (!target) return;
    await api.computes.delete({ workspace, compute: target.name });
    await queries.invalidateQueries({ queryKey: orpc.computes.key() });
    onClose();
    toast({ title: `${target.name} deleted` });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={target ? `Change ${target.name}` : "New compute"}
      description={target ? "Runs that hold a slot go on as they are." : "A place where runs execute."}
      footerNote={
        target ? (
          <Button variant="danger" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        ) : undefined
      }
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {target ? "Keep it" : "Not now"}
          </Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void save()}>
            {busy ? "Saving" : target ? "Save changes" : "Make compute"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem ? (
          <ErrorState title={describeError(problem).what}>{describeError(problem).why}</ErrorState>
        ) : null}
        {target ? null : (
          <>
            <Field label="Name" help="Letters, digits, dashes">
              <Input size="lg" value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
            <RadioGroup<Provider>
              label="Kind"
              direction="column"
              value={provider}
              onValueChange={setProvider}
              options={[
                {
                  value: "docker",
                  label: "Containers",
                  help: "A container of its own for each run, with hard limits",
                },
                { value: "local", label: "Processes", help: "On the studio's machine, without isolation" },
              ]}
            />
          </>
        )}
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Slots" help="Runs at once" error={slotsError}>
            <Input
              size="lg"
              inputMode="numeric"
              value={slots}
              onChange={(event) => setSlots(event.target.value)}
            />
          </Field>
          <Field label="Cores a run" optional help={`${defaultRunLimits.cpus} when empty`} error={cpusError}>
            <Input
              size="lg"
              inputMode="numeric"
              value={cpus}
              onChange={(event) => setCpus(event.target.value)}
            />
          </Field>
          <Field
            label="Memory a run"
            optional
            help={`${defaultRunLimits.memoryMib / 1024} GiB when empty`}
            error={memoryError}
          >
            <Input
              size="lg"
              inputMode="decimal"
              trailing="GiB"
              value={memory}
              onChange={(event) => setMemory(event.target.value)}
            />
          </Field>
        </div>
        <Field label="Description" optional>
          <Input size="lg" value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
      </div>
      {target ? (
        <ConfirmDialog
          open={deleting}
          onOpenChange={setDeleting}
          title={`Delete ${target.name}?`}
          effect="Jobs that name it are then refused or go to the default compute. Runs that have ended stay."
          confirmLabel="Delete compute"
          busyLabel="Deleting"
          danger
          onConfirm={remove}
        />
      ) : null}
    </Dialog>
  );
}
