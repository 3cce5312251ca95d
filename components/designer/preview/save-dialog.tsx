"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { RegisteredName } from "#components/named-list/registered-name.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Field } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { formatCount, plural } from "#components/ui/format.ts";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { RadioGroup } from "#components/ui/radio.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { PreviewResult } from "#lib/designer/model.ts";
import { useDesigner } from "../session/designer.ts";
import type { PortPreview } from "./use-preview.ts";

/** “2,800 rows, computed from the first 10,000 rows of each dataset: a sample, not everything”. */
function describeRows({ rows, sampled }: PreviewResult): string {
  const count = plural(rows ?? 0, "row");
  return sampled
    ? `${count} of a sample: computed from the first 10,000 rows of the data`
    : `${count}, all there are`;
}

/** Makes a dataset of what a port holds: of the rows of the preview, or of everything that the last run gave. */
export function SaveDialog({
  title,
  port,
  onClose,
}: {
  title: string;
  port: PortPreview;
  onClose: () => void;
}) {
  const { workspace } = useDesigner();
  const { preview, ran, node } = port;
  const result = preview?.result;
  const fromRun = preview?.origin?.stepRun ?? null;
  const stepRun = fromRun ?? ran.stepRun;
  const [what, setWhat] = useState<"rows" | "run">(fromRun ? "run" : "rows");
  const [name, setName] = useState(() => `${node}-${port.port}`.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase());
  const [description, setDescription] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  if (!preview || !result) return null;

  async function save() {
    if (busy || !preview || name === "") return;
    setBusy(true);
    setProblem(undefined);
    try {
      const made =
        what === "run" && stepRun !== null
          ? await api.datasets.create({
              workspace,
              name,
              description,
              source: { path: `azureml://jobs/${stepRun}/outputs/${port.port}/paths/` },
            })
          : await api.designer.saveRows({ workspace, key: preview.key, name, description });
      void queries.invalidateQueries({ queryKey: orpc.datasets.key() });
      onClose();
      toast({
        title: `${name} v${made.version} is saved`,
        ...(made.rowCount === null ? {} : { detail: `${formatCount(made.rowCount)} rows` }),
        kind: "completed",
        action: {
          label: "Open",
          run: () => navigate.push(`/${workspace}/data/${encodeURIComponent(name)}?version=${made.version}`),
        },
      });
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  }

  return (
    <FormDialog
      title="Save as dataset"
      description={
        fromRun
          ? `Everything that the last run gave as ${title}.`
          : stepRun !== null
            ? `${title}: what the preview shows, or everything that the last run gave.`
            : `${title}: ${describeRows(result)}.${result.sampled ? " Run the pipeline to save all rows." : ""}`
      }
      submitLabel={
        busy ? "Saving" : what === "run" ? "Save all rows" : `Save ${plural(result.rows ?? 0, "row")}`
      }
      busy={busy}
      disabled={name === ""}
      problem={problem}
      onSubmit={save}
      onClose={onClose}
    >
      {fromRun === null && stepRun !== null ? (
        <RadioGroup
          label="What is saved"
          value={what}
          onValueChange={setWhat}
          options={[
            { value: "rows", label: "What the preview shows", help: describeRows(result) },
            {
              value: "run",
              label: "What the last run gave",
              help: ran.edited ? "All rows, as before the changes since then" : "All rows",
            },
          ]}
        />
      ) : null}
      <RegisteredName
        workspace={workspace}
        kind="dataset"
        label="Name"
        value={name}
        onChange={setName}
        disabled={busy}
      />
      <Field label="Description" optional>
        <Input
          size="lg"
          value={description}
          disabled={busy}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
