"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readFormErrors } from "#components/people/form-errors.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { pipelineEndpointName } from "#lib/pipeline-endpoints/model.ts";
import { pipelineEndpointHref } from "./use-pipeline-endpoint.ts";

export interface PublishDialogProps {
  workspace: string;
  /** The pipeline as it is at the moment of publishing. */
  readText: () => string;
  /** What a new endpoint is called unless told. */
  title: string;
  onClose: () => void;
}

/** No endpoint has such a name. */
const newEndpoint = "-";

function nameFor(title: string): string {
  const plain = title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-");
  const clean = plain.replace(/^[^A-Za-z]+|-+$/g, "").toLowerCase();
  return clean.slice(0, 64).replace(/-+$/, "");
}

/** Gives a pipeline an address: as a new endpoint, or as the next version of one. */
export function PublishDialog({ workspace, readText, title, onClose }: PublishDialogProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const list = useQuery(orpc.pipelineEndpoints.list.queryOptions({ input: { workspace, limit: 1000 } }));
  const [target, setTarget] = useState(newEndpoint);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typedDescription, setTypedDescription] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [setDefault, setSetDefault] = useState(true);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string>();
  const known = list.data?.items ?? [];
  const existing = known.find(({ name }) => name === target);
  const name = existing?.name ?? typedName ?? nameFor(title);
  const description = typedDescription ?? existing?.description ?? "";
  const taken = !existing && known.some((each) => each.name === name);

  async function publish() {
    if (busy) return;
    setProblem(undefined);
    const checked = pipelineEndpointName.safeParse(name);
    if (!checked.success || taken) {
      const why = checked.error?.issues[0]?.message;
      setFaults({ name: taken ? "There is one of this name. Choose it above." : `A name ${why}` });
      return;
    }
    setFaults({});
    setBusy(true);
    try {
      const made = await api.pipelineEndpoints.publish({
        workspace,
        name,
        text: readText(),
        setDefault,
        ...(typedDescription === null ? {} : { description }),
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      });
      void queries.invalidateQueries({ queryKey: orpc.pipelineEndpoints.key() });
      toast({ title: `v${made.versions[0]?.number} of ${name} is published`, kind: "completed" });
      navigate.push(pipelineEndpointHref(workspace, name));
    } catch (error) {
      const { byField, whole } = readFormErrors(error, ["name", "description", "note"]);
      setFaults(byField);
      setProblem(whole);
      setBusy(false);
    }
  }

  return (
    <FormDialog
      title="Publish the pipeline"
      description="Programs start it by an address and a key. Its address stays the same for all versions."
      submitLabel={busy ? "Publishing" : existing ? `Publish v${existing.versionCount + 1}` : "Publish"}
      busy={busy}
      problem={problem}
      onSubmit={publish}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Pipeline endpoint">
          <Select
            size="lg"
            options={[
              { value: newEndpoint, label: "New pipeline endpoint" },
              ...known.map((each) => ({
                value: each.name,
                label: each.name,
                hint: `v${each.defaultVersion} of ${each.versionCount}`,
              })),
            ]}
            value={target}
            disabled={busy}
            onValueChange={(value) => {
              setTarget(value);
              setTypedDescription(null);
              setFaults({});
            }}
          />
        </Field>
        {existing ? null : (
          <Field label="Name" help="Part of its address; 3 to 64 characters" error={faults.name}>
            <Input
              size="lg"
              value={name}
              disabled={busy}
              onChange={(event) => setTypedName(event.target.value.trim())}
            />
          </Field>
        )}
      </div>
      <Field label="Description" optional error={faults.description}>
        <Textarea
          rows={2}
          value={description}
          disabled={busy}
          onChange={(event) => setTypedDescription(event.target.value)}
        />
      </Field>
      <Field label="Note on this version" optional error={faults.note}>
        <Input
          size="lg"
          value={note}
          maxLength={1000}
          disabled={busy}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      {existing ? (
        <Checkbox checked={setDefault} onCheckedChange={setSetDefault} disabled={busy}>
          Make it the default: calls that name no version get it instead of v{existing.defaultVersion}
        </Checkbox>
      ) : (
        <p className="text-secondary text-ink-3">The first version is the default.</p>
      )}
    </FormDialog>
  );
}
