"use client";

import { type FormEvent, useId, useState } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { ErrorState, Notice } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useCreateToken } from "#lib/account/hooks.ts";
import type { NewAccessToken } from "#lib/account/model.ts";
import { readFormErrors } from "../form-errors.ts";
import { SubmitButton } from "../submit-button.tsx";

const lifetimes = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
] as const;
type Lifetime = (typeof lifetimes)[number]["value"];

export function NewTokenDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [made, setMade] = useState<NewAccessToken | null>(null);
  const formId = useId();
  function change(next: boolean) {
    onOpenChange(next);
    if (!next) setMade(null);
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={made ? `${made.name} is ready` : "New token"}
      description={made ? undefined : "It acts for you, so give it only to programs that you run."}
      closeOnOutside={made === null}
      footer={
        made ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <>
            <DialogClose render={<Button>Cancel</Button>} />
            <SubmitButton form={formId}>Make the token</SubmitButton>
          </>
        )
      }
    >
      {made ? <MadeToken made={made} /> : <TokenForm id={formId} onMade={setMade} />}
    </Dialog>
  );
}

function TokenForm({ id, onMade }: { id: string; onMade: (made: NewAccessToken) => void }) {
  const workspace = useCurrentWorkspace();
  const create = useCreateToken();
  const [scope, setScope] = useState<"all" | "one">("all");
  const [days, setDays] = useState<Lifetime>("90");
  const errors = create.error ? readFormErrors(create.error, ["name"]) : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    const name = String(new FormData(event.currentTarget).get("name"));
    create.mutate(
      { name, expiresInDays: Number(days), ...(scope === "one" ? { workspace: workspace.name } : {}) },
      { onSuccess: onMade },
    );
  }

  return (
    <form id={id} method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors?.byField.name} help="Where it will be used">
        <Input name="name" size="lg" maxLength={80} required autoFocus autoComplete="off" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Works in">
          <Select
            size="lg"
            value={scope}
            onValueChange={setScope}
            options={[
              { value: "all", label: "All your workspaces" },
              { value: "one", label: `${workspace.displayName} only` },
            ]}
          />
        </Field>
        <Field label="Ends after">
          <Select size="lg" value={days} onValueChange={setDays} options={lifetimes} />
        </Field>
      </div>
      {errors?.whole === undefined ? null : <ErrorState title={errors.whole} />}
    </form>
  );
}

function MadeToken({ made }: { made: NewAccessToken }) {
  const { name } = useCurrentWorkspace();
  const { origin } = window.location;
  const example = [
    `export ATELIER_URL=${origin}`,
    `export ATELIER_TOKEN=${made.token}`,
    `export MLFLOW_TRACKING_URI=${origin}/mlflow/${made.workspace ?? name}`,
    `export MLFLOW_TRACKING_TOKEN=${made.token}`,
  ].join("\n");
  return (
    <div className="flex flex-col gap-4">
      <Notice>Copy it now. It is shown this once, and nobody can read it back.</Notice>
      <div className="flex items-center gap-2">
        <code className="field-edge min-w-0 flex-1 px-2 py-1.5 text-code break-all" data-testid="token">
          {made.token}
        </code>
        <CopyButton text={made.token} label="Copy" variant="default" size="lg" />
      </div>
      <div>
        <p className="mb-1 text-label text-ink-2">For the command line and MLflow</p>
        <CodeBlock code={example} language="bash" label="Settings for the command line" wrap />
      </div>
    </div>
  );
}
