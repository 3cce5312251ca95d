"use client";

import { type FormEvent, useRef, useState } from "react";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { api } from "#lib/api/client.ts";
import { signInWithPassword } from "#lib/auth/browser.ts";
import { suggestWorkspaceName } from "#lib/workspaces/model.ts";
import { AccountFields } from "./account-fields.tsx";
import { readFormErrors } from "./form-errors.ts";
import { SubmitButton } from "./submit-button.tsx";

const fields = ["name", "email", "password", "workspace", "workspaceDisplayName"];

/** Makes the first administrator and workspace, and signs in. */
export function SetupForm({ token }: { token: string }) {
  const [errors, setErrors] = useState<ReturnType<typeof readFormErrors>>();
  const [busy, setBusy] = useState(false);
  const [title, setTitle] = useState("");
  const running = useRef(false);
  const workspace = suggestWorkspaceName(title);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const account = { name: text("name"), email: text("email"), password: text("password") };
    try {
      const made = await api.account.completeSetup({
        token,
        ...account,
        workspace,
        workspaceDisplayName: title,
      });
      const refusal = await signInWithPassword(account.email, account.password);
      window.location.assign(refusal === null ? `/${made.workspace}` : "/sign-in");
    } catch (error) {
      setErrors(readFormErrors(error, fields));
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <AccountFields errors={errors?.byField ?? {}} />
      <Field
        label="First workspace"
        error={errors?.byField.workspace ?? errors?.byField.workspaceDisplayName}
        help={workspace ? `Its address ends in /${workspace}` : "What your team works on"}
      >
        <Input
          name="workspaceDisplayName"
          size="xl"
          maxLength={60}
          required
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field>
      {errors?.whole === undefined ? null : <ErrorState title={errors.whole} />}
      <SubmitButton size="xl" busy={busy} className="mt-1 w-full">
        {busy ? "Setting up" : "Set up the studio"}
      </SubmitButton>
    </form>
  );
}
