"use client";

import { type FormEvent, useState } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import {
  useArchiveWorkspace,
  useRestoreWorkspace,
  useUpdateWorkspace,
  useWorkspace,
} from "#lib/workspaces/hooks.ts";
import type { Workspace } from "#lib/workspaces/model.ts";
import { readFormErrors } from "../form-errors.ts";
import { SubmitButton } from "../submit-button.tsx";
import { roleWord } from "./role-words.ts";
import { SettingsFrame, SettingsSection } from "./settings-frame.tsx";

export function GeneralSettings() {
  const { name, can } = useCurrentWorkspace();
  const { data, error, refetch } = useWorkspace(name);
  return (
    <SettingsFrame title="General" description="What the workspace is called, and where others reach it.">
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <>
          {can("owner") ? <WordsForm workspace={data} key={data.displayName + data.description} /> : null}
          <Addresses workspace={data} />
          <Leaving workspace={data} />
        </>
      ) : (
        <SkeletonText lines={6} />
      )}
    </SettingsFrame>
  );
}

function WordsForm({ workspace }: { workspace: Workspace }) {
  const update = useUpdateWorkspace();
  const toast = useToast();
  const errors = update.error ? readFormErrors(update.error, ["displayName", "description"]) : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (update.isPending) return;
    const form = new FormData(event.currentTarget);
    update.mutate(
      {
        workspace: workspace.name,
        displayName: String(form.get("displayName")),
        description: String(form.get("description")),
      },
      { onSuccess: () => toast({ title: "Saved", kind: "completed" }) },
    );
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors?.byField.displayName}>
        <Input name="displayName" size="lg" maxLength={60} required defaultValue={workspace.displayName} />
      </Field>
      <Field label="What it is for" optional error={errors?.byField.description}>
        <Textarea name="description" rows={2} maxLength={500} defaultValue={workspace.description} />
      </Field>
      {errors?.whole === undefined ? null : <ErrorState title={errors.whole} />}
      <SubmitButton size="lg" busy={update.isPending} className="self-start">
        {update.isPending ? "Saving" : "Save"}
      </SubmitButton>
    </form>
  );
}

function Addresses({ workspace }: { workspace: Workspace }) {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return (
    <SettingsSection title="Facts">
      <Facts
        items={[
          ...(workspace.description ? [{ label: "For", value: workspace.description }] : []),
          { label: "Address", value: <IdChip text={`${origin}/${workspace.name}`} label="the address" /> },
          {
            label: "MLflow",
            value: <IdChip text={`${origin}/mlflow/${workspace.name}`} label="the MLflow tracking address" />,
          },
          { label: "Team", value: workspace.teamName },
          {
            label: "Created",
            value: (
              <>
                <RelativeTime at={workspace.createdAt} /> by {workspace.createdBy}
              </>
            ),
          },
          { label: "Your role", value: roleWord[workspace.role] },
        ]}
      />
    </SettingsSection>
  );
}

function Leaving({ workspace }: { workspace: Workspace }) {
  const { name, displayName } = workspace;
  const { push } = useNavigate();
  const toast = useToast();
  const archive = useArchiveWorkspace();
  const restore = useRestoreWorkspace();
  const [leaving, setLeaving] = useState(false);

  /** Runs after this page is gone, so it does not rely on what ends with the page. */
  async function bringBack() {
    try {
      await restore.mutateAsync({ name });
      push(`/${name}`);
    } catch (error) {
      toast({ title: `${displayName} stays archived`, detail: describeError(error).what, kind: "failed" });
    }
  }

  function putAway() {
    archive.mutate(
      { workspace: name },
      {
        onSuccess: () => {
          push("/");
          toast({
            title: `${displayName} archived`,
            undo: () => void bringBack(),
          });
        },
      },
    );
  }

  return (
    <SettingsSection
      title="Leave or archive"
      description="Archiving hides the workspace from everybody and deletes nothing."
    >
      {archive.error ? <ErrorState error={archive.error} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setLeaving(true)}>Leave the workspace</Button>
        {workspace.role === "owner" ? (
          <Button variant="danger" busy={archive.isPending} onClick={putAway}>
            {archive.isPending ? "Archiving" : "Archive the workspace"}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Leave ${displayName}?`}
        effect="You lose access at once, and so do your tokens there. An owner can invite you again."
        confirmLabel="Leave"
        busyLabel="Leaving"
        keepLabel="Stay"
        onConfirm={async () => {
          await api.members.leave({ workspace: name });
          push("/");
        }}
      />
    </SettingsSection>
  );
}
