"use client";

import { useQuery } from "@tanstack/react-query";
import { Field } from "#components/ui/field.tsx";
import { FileDrop, type UploadState } from "#components/ui/file-drop.tsx";
import { plural } from "#components/ui/format.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";

/** Where the files of a new version come from. */
export interface SourceChoice {
  from: "run" | "folder";
  run: string;
  /** What a run wrote, as registering names it. */
  path: string;
  files: readonly File[];
}

export interface RegisterSourceProps {
  workspace: string;
  choice: SourceChoice;
  onChange: (change: Partial<SourceChoice>) => void;
  /** The run is given: it is not asked for. */
  fixed: boolean;
  busy: boolean;
  upload: UploadState | null;
  onCancelUpload: () => void;
}

/** A model that a run wrote, or a folder of files. */
export function RegisterSource(props: RegisterSourceProps) {
  const { workspace, choice, onChange, fixed, busy, upload, onCancelUpload } = props;
  const { from, run, files } = choice;
  const runs = useQuery(
    orpc.runs.list.queryOptions({
      input: { workspace, limit: 50, status: "Completed", children: "true" },
      enabled: !fixed && from === "run",
    }),
  );
  if (from === "folder") {
    return (
      <>
        <SourceSwitch from={from} onChange={onChange} />
        <FileDrop
          label={
            files.length > 0 ? `${plural(files.length, "file")} chosen` : "Choose the folder of the model"
          }
          hint="With an MLmodel file it can be deployed without code."
          folder
          onFiles={(chosen) => onChange({ files: chosen })}
          upload={upload}
          onCancel={onCancelUpload}
          disabled={busy}
        />
      </>
    );
  }
  return (
    <>
      {fixed ? null : (
        <>
          <SourceSwitch from={from} onChange={onChange} />
          <Field label="Run">
            <Select
              size="lg"
              placeholder="Choose a completed run"
              options={(runs.data?.items ?? []).map((each) => ({
                value: each.name,
                label: each.displayName,
                hint: each.name,
              }))}
              value={run || null}
              onValueChange={(value) => onChange({ run: value, path: "" })}
            />
          </Field>
        </>
      )}
      {run === "" ? null : <RunModelField {...props} />}
    </>
  );
}

function SourceSwitch({
  from,
  onChange,
}: {
  from: SourceChoice["from"];
  onChange: RegisterSourceProps["onChange"];
}) {
  return (
    <Segmented
      label="Where the files are"
      options={[
        { value: "run", label: "From a run" },
        { value: "folder", label: "Upload a folder" },
      ]}
      value={from}
      onValueChange={(value) => onChange({ from: value })}
    />
  );
}

/** The models of one run. */
export function useRunModels(workspace: string, run: string) {
  return useQuery(orpc.models.candidates.queryOptions({ input: { workspace, run }, enabled: run !== "" }));
}

function RunModelField({ workspace, choice, onChange }: RegisterSourceProps) {
  const found = useRunModels(workspace, choice.run);
  const paths = found.data?.items ?? [];
  return (
    <Field
      label="Model"
      help={
        found.data && paths.length === 0
          ? "This run wrote no model. Call mlflow.sklearn.log_model in the script, or write one to an output of type mlflow_model."
          : "What the run wrote, copied as it is now"
      }
    >
      <Select
        size="lg"
        disabled={paths.length === 0}
        placeholder={found.isPending ? "Looking" : "None"}
        options={paths.map((each) => ({ value: each.path, label: each.label }))}
        value={choice.path || paths[0]?.path || null}
        onValueChange={(path) => onChange({ path })}
      />
    </Field>
  );
}
