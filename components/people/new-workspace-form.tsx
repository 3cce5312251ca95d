"use client";

import { type FormEvent, useState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useCreateWorkspace } from "#lib/workspaces/hooks.ts";
import { suggestWorkspaceName } from "#lib/workspaces/model.ts";
import { readFormErrors } from "./form-errors.ts";
import { SubmitButton } from "./submit-button.tsx";

const fields = ["name", "displayName", "description", "team"];

export interface NewWorkspaceFormProps {
  /** The team of the person's other workspaces. */
  team: string;
  /** Off when there is no other workspace to go back to. */
  mayCancel: boolean;
}

export function NewWorkspaceForm({ team, mayCancel }: NewWorkspaceFormProps) {
  const { push } = useNavigate();
  const create = useCreateWorkspace();
  const [title, setTitle] = useState("");
  const [typedName, setTypedName] = useState<string>();
  const name = typedName ?? suggestWorkspaceName(title);
  const errors = create.error ? readFormErrors(create.error, fields) : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    const form = new FormData(event.currentTarget);
    const text = (field: string) => String(form.get(field) ?? "").trim();
    create.mutate(
      {
        name,
        displayName: title,
        description: text("description"),
        ...(text("team") ? { team: text("team") } : {}),
      },
      { onSuccess: (made) => push(`/${made.name}`) },
    );
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors?.byField.displayName}>
        <Input
          size="xl"
          maxLength={60}
          required
          autoFocus
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field>
      <Field
        label="Address"
        error={errors?.byField.name}
        help="Lower-case letters, digits and dashes. It stands in every link and never changes."
      >
        <Input
          size="xl"
          mono
          required
          minLength={2}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          icon={<span className="text-code">/</span>}
          value={name}
          onChange={(event) => setTypedName(event.target.value)}
        />
      </Field>
      <Field label="What it is for" optional error={errors?.byField.description}>
        <Textarea name="description" rows={2} maxLength={500} />
      </Field>
      <Field
        label="Team"
        optional
        error={errors?.byField.team}
        help="Who owns it. Access is given per workspace."
      >
        <Input name="team" size="xl" maxLength={60} defaultValue={team} />
      </Field>
      {errors?.whole === undefined ? null : <ErrorState title={errors.whole} />}
      <div className="mt-1 flex gap-2">
        <SubmitButton size="xl" busy={create.isPending} className="flex-1">
          {create.isPending ? "Creating" : "Create the workspace"}
        </SubmitButton>
        {mayCancel ? (
          <ButtonLink href="/" variant="quiet" size="xl">
            Cancel
          </ButtonLink>
        ) : null}
      </div>
    </form>
  );
}
