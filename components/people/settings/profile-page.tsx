"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, PasswordInput } from "#components/ui/input.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useMe, useRename } from "#lib/account/hooks.ts";
import type { Me } from "#lib/account/model.ts";
import { api } from "#lib/api/client.ts";
import { signInWithPassword } from "#lib/auth/browser.ts";
import { readFormErrors } from "../form-errors.ts";
import { SubmitButton } from "../submit-button.tsx";
import { SettingsFrame, SettingsSection } from "./settings-frame.tsx";

export function ProfilePage() {
  const { data: me } = useMe();
  return (
    <SettingsFrame title="Profile" description="How others see you, and how you sign in.">
      {me ? (
        <>
          <NameForm me={me} />
          <PasswordForm email={me.email} />
          <Sessions />
        </>
      ) : (
        <SkeletonText lines={6} />
      )}
    </SettingsFrame>
  );
}

function NameForm({ me }: { me: Me }) {
  const rename = useRename();
  const toast = useToast();
  const errors = rename.error ? readFormErrors(rename.error, ["name"]) : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    rename.mutate({ name }, { onSuccess: () => toast({ title: "Saved", kind: "completed" }) });
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors?.byField.name ?? errors?.whole}>
        <Input name="name" size="lg" maxLength={80} required autoComplete="name" defaultValue={me.name} />
      </Field>
      <Field label="E-mail" help="You sign in with it. It cannot be changed here.">
        <Input size="lg" value={me.email} readOnly />
      </Field>
      <SubmitButton size="lg" busy={rename.isPending} className="self-start">
        {rename.isPending ? "Saving" : "Save"}
      </SubmitButton>
    </form>
  );
}

function PasswordForm({ email }: { email: string }) {
  const [errors, setErrors] = useState<ReturnType<typeof readFormErrors>>();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const toast = useToast();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setErrors(undefined);
    const form = event.currentTarget;
    const fields = new FormData(form);
    const newPassword = String(fields.get("newPassword"));
    try {
      await api.account.changePassword({
        currentPassword: String(fields.get("currentPassword")),
        newPassword,
      });
      // Every session ended with the old password, this one too: begin a new one.
      await signInWithPassword(email, newPassword);
      form.reset();
      toast({ title: "Password changed", detail: "Every other session has ended.", kind: "completed" });
    } catch (error) {
      setErrors(readFormErrors(error, ["currentPassword", "newPassword"]));
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <SettingsSection title="Password" description="A change ends every other session. Access tokens go on.">
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field label="Current password" error={errors?.byField.currentPassword}>
          <PasswordInput name="currentPassword" size="lg" autoComplete="current-password" required />
        </Field>
        <Field label="New password" error={errors?.byField.newPassword} help="8 characters or more">
          <PasswordInput name="newPassword" size="lg" autoComplete="new-password" minLength={8} required />
        </Field>
        {errors?.whole === undefined ? null : <ErrorState title={errors.whole} />}
        <SubmitButton variant="default" size="lg" busy={busy} className="self-start">
          {busy ? "Changing" : "Change the password"}
        </SubmitButton>
      </form>
    </SettingsSection>
  );
}

function Sessions() {
  const [asking, setAsking] = useState(false);
  return (
    <SettingsSection title="Sessions" description="For a machine that you left signed in.">
      <Button onClick={() => setAsking(true)} className="self-start">
        Sign out everywhere
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        effect="Every session of yours ends at its next request, this one too. Access tokens go on."
        confirmLabel="Sign out everywhere"
        busyLabel="Signing out"
        keepLabel="Stay signed in"
        onConfirm={async () => {
          await api.account.signOutEverywhere({});
          window.location.assign("/sign-in");
        }}
      />
    </SettingsSection>
  );
}
