"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";

export interface RegisterRunModelProps {
  workspace: string;
  run: RunDetails;
  onClose: () => void;
}

/** A name for a model from that of what the run belongs to. */
function suggestName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+|-+$/g, "") || "model";
}

/** One of the models that the run wrote becomes a version of a registered one. */
export function RegisterRunModel({ workspace, run, onClose }: RegisterRunModelProps) {
  const found = useQuery(orpc.models.candidates.queryOptions({ input: { workspace, run: run.name } }));
  const models = useQuery(orpc.models.list.queryOptions({ input: { workspace, limit: 200 } }));
  const [path, setPath] = useState<string>();
  const [name, setName] = useState(() => suggestName(run.experimentName));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const items = found.data?.items ?? [];
  const chosen = items.find((item) => item.path === path) ?? items[0];
  const known = models.data?.items.find((model) => model.name === name);

  async function register() {
    if (!chosen || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await api.models.register({ workspace, name, source: { path: chosen.path } });
      void queries.invalidateQueries({ queryKey: orpc.models.key() });
      onClose();
      const href = `/${workspace}/models/${encodeURIComponent(made.name)}?version=${made.version}`;
      toast({
        title: `${made.name} v${made.version} registered`,
        kind: "completed",
        action: { label: "Open", run: () => navigate.push(href) },
      });
    } catch (error) {
      const { what, why } = describeError(error);
      setProblem([what, why].filter(Boolean).join(" "));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Register a model"
      description={`A copy of what ${run.displayName} wrote, with a version of its own.`}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={!chosen || name === ""}
            onClick={() => void register()}
          >
            {busy ? "Registering" : "Register model"}
          </Button>
        </>
      }
    >
      {found.error ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <SkeletonText lines={3} />
      ) : !chosen ? (
        <EmptyState title="This run wrote no model">
          Call mlflow.sklearn.log_model in the script, or write a model to an output of type mlflow_model.
        </EmptyState>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void register();
          }}
        >
          <Field label="Model">
            <Select
              size="lg"
              options={items.map((item) => ({ value: item.path, label: item.label }))}
              value={chosen.path}
              onValueChange={setPath}
            />
          </Field>
          <Field
            label="Registered as"
            error={problem}
            help={
              known?.latest
                ? `Becomes the version after v${known.latest.version}`
                : "A new model. Letters, digits, dashes, dots"
            }
          >
            <Input
              size="lg"
              list="registered-models"
              value={name}
              onChange={(event) => setName(event.target.value.trim())}
            />
          </Field>
          <datalist id="registered-models">
            {(models.data?.items ?? []).map((model) => (
              <option key={model.name} value={model.name} />
            ))}
          </datalist>
        </form>
      )}
    </Dialog>
  );
}
