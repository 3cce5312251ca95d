"use client";

import { type FormEvent, useRef, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input, PasswordInput } from "#components/ui/input.tsx";
import { signInWithPassword } from "#lib/auth/browser.ts";
import { SubmitButton } from "./submit-button.tsx";

/** Signs in and opens the page that was wanted. */
export function SignInForm({ returnTo }: { returnTo: string }) {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const form = new FormData(event.currentTarget);
    const refusal = await signInWithPassword(String(form.get("email")), String(form.get("password")));
    if (refusal === null) {
      // A new page load, so that the server sees the cookie. A `#…` of the wanted address came along to this page.
      window.location.assign(returnTo + window.location.hash);
      return;
    }
    running.current = false;
    setBusy(false);
    setError(refusal);
  }

  return (
    // Sent before the page has woken up, a form must not put the password into the address: hence POST.
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <Field label="E-mail">
        <Input name="email" type="email" size="xl" autoComplete="username" required autoFocus />
      </Field>
      <Field label="Password" error={error}>
        <PasswordInput name="password" size="xl" autoComplete="current-password" required />
      </Field>
      <SubmitButton size="xl" busy={busy} className="mt-1 w-full">
        {busy ? "Signing in" : "Sign in"}
      </SubmitButton>
      <p className="text-secondary text-ink-3">
        No account? Ask an owner of your workspace for an invitation.
      </p>
    </form>
  );
}
