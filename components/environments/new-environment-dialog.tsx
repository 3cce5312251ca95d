"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { parseDocument } from "yaml";
import { Button } from "#components/ui/button.tsx";
import { describeError, explainError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { EnvironmentVersion } from "#lib/environments/model.ts";

export interface NewEnvironmentDialogProps {
  workspace: string;
  onClose: () => void;
  /** Begins with this one: as its next version when it is the workspace's own, else as a copy of it. */
  from?: EnvironmentVersion | undefined;
}

type Kind = EnvironmentVersion["definition"]["kind"];

interface Draft {
  name: string;
  description: string;
  kind: Kind;
  requirements: string;
  conda: string;
  image: string;
}

const condaExample = `channels: [conda-forge]
dependencies:
  - python=3.11
  - pip:
      - scikit-learn==1.5.*
`;

function draftFrom(from: EnvironmentVersion | undefined): Draft {
  const definition = from?.definition;
  return {
    name: from ? (from.curated ? `my-${from.name}` : from.name) : "",
    description: from?.description ?? "",
    kind: definition?.kind ?? "pip",
    requirements: definition?.kind === "pip" ? definition.requirements.join("\n") : "",
    conda:
      definition?.kind === "conda"
        ? parseDocument(JSON.stringify(definition.conda)).toString()
        : condaExample,
    image: definition?.image ?? "",
  };
}

/** The mapping of the environment file; throws a sentence when the conda file cannot be read. */
function specOf(draft: Draft): Record<string, unknown> {
  const image = draft.image.trim();
  const about = {
    name: draft.name.trim(),
    ...(draft.description.trim() ? { description: draft.description.trim() } : {}),
    ...(image ? { image } : {}),
  };
  if (draft.kind === "image") return about;
  if (draft.kind === "pip") {
    return { ...about, pip_file: draft.requirements.split("\n").filter((line) => line.trim() !== "") };
  }
  const read = parseDocument(draft.conda);
  const [first] = read.errors;
  if (first) throw new Error(`Line ${first.linePos?.[0].line ?? 1}: ${first.message.split("\n")[0]}`);
  return { ...about, conda_file: read.toJS() as unknown };
}

/** Packages for pip, a conda file, or an image that the engine has. */
export function NewEnvironmentDialog({ workspace, onClose, from }: NewEnvironmentDialogProps) {
  const [draft, setDraft] = useState(() => draftFrom(from));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field: "name" | "content"; text: string }>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const next = from !== undefined && !from.curated;
  const change = (changes: Partial<Draft>) => {
    setProblem(undefined);
    setDraft({ ...draft, ...changes });
  };
  const filled =
    draft.name.trim() !== "" &&
    (draft.kind === "pip"
      ? draft.requirements.trim() !== ""
      : draft.kind === "image"
        ? draft.image.trim() !== ""
        : true);

  async function create() {
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await api.environments.create({ workspace, spec: specOf(draft) });
      await queries.invalidateQueries({ queryKey: orpc.environments.key() });
      onClose();
      toast({
        title: `${made.name} v${made.version} made`,
        kind: "completed",
        detail: "It is built when a run first needs it.",
      });
      navigate.push(`/${workspace}/environments/${encodeURIComponent(made.name)}`);
    } catch (error) {
      const coded = typeof error === "object" && error !== null && "code" in error;
      const text = coded
        ? explainError(error)
        : error instanceof Error
          ? error.message
          : describeError(error).what;
      setProblem({
        field: /^name\b/.test(text) || text.includes("ships with the studio") ? "name" : "content",
        text,
      });
      setBusy(false);
    }
  }
  const contentError = problem?.field === "content" ? problem.text : undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      closeOnOutside={false}
      title={next ? `New version of ${from.name}` : "New environment"}
      description="Packages are fixed to exact versions at the first build, and found again by what they are."
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" busy={busy} disabled={!filled} onClick={() => void create()}>
            {busy ? "Making" : next ? "Make version" : "Make environment"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Name"
            help="Letters, digits, dashes, dots"
            error={problem?.field === "name" ? problem.text : undefined}
          >
            <Input
              size="lg"
              value={draft.name}
              disabled={next}
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
          <Field label="Description" optional>
            <Input
              size="lg"
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          </Field>
        </div>
        <Segmented<Kind>
          label="Made of"
          options={[
            { value: "pip", label: "pip packages" },
            { value: "conda", label: "Conda file" },
            { value: "image", label: "Image" },
          ]}
          value={draft.kind}
          onValueChange={(kind) => change({ kind })}
          className="self-start"
        />
        {draft.kind === "pip" ? (
          <Field
            label="Packages"
            help="As in a requirements file, one a line. Add mlflow to track from the script."
            error={contentError}
          >
            <Textarea
              mono
              rows={8}
              placeholder={"scikit-learn==1.5.*\npandas<3\nmlflow"}
              value={draft.requirements}
              onChange={(event) => change({ requirements: event.target.value })}
            />
          </Field>
        ) : null}
        {draft.kind === "conda" ? (
          <Field
            label="Conda file"
            help="Packages are taken from PyPI under their names there."
            error={contentError}
          >
            <Textarea
              mono
              rows={10}
              value={draft.conda}
              onChange={(event) => change({ conda: event.target.value })}
            />
          </Field>
        ) : null}
        <Field
          label={draft.kind === "image" ? "Image" : "Base image"}
          optional={draft.kind !== "image"}
          help={
            draft.kind === "image"
              ? "As the engine knows it. It runs as it is, on compute with containers."
              : "The studio's own when it is empty"
          }
          error={draft.kind === "image" ? contentError : undefined}
        >
          <Input
            size="lg"
            mono
            placeholder="python:3.11-slim"
            value={draft.image}
            onChange={(event) => change({ image: event.target.value })}
          />
        </Field>
      </div>
    </Dialog>
  );
}
