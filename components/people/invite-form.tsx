"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { api } from "#lib/api/client.ts";
import { signInWithPassword, signOut } from "#lib/auth/browser.ts";
import { signInPath } from "#lib/auth/return-path.ts";
import { AccountFields } from "./account-fields.tsx";
import { readFormErrors } from "./form-errors.ts";
import { SubmitButton } from "./submit-button.tsx";

export interface InviteFormProps {
  token: string;
  /** When set, only this address may accept. */
  email: string | null;
  /** Where to go once in. */
  to: string | null;
  /** Who is signed in on this browser. */
  person: { name: string; email: string } | null;
}

/** Accepts an invitation: as who is signed in, or with a new account. */
export function InviteForm({ token, email, to, person }: InviteFormProps) {
  const [errors, setErrors] = useState<ReturnType<typeof readFormErrors>>();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const ownPath = `/invite/${token}${to ? `?to=${encodeURIComponent(to)}` : ""}`;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const account = { name: text("name"), email: text("email"), password: text("password") };
    try {
      const joined = await api.members.invites.accept({ token, ...(person ? {} : { account }) });
      const refusal = person ? null : await signInWithPassword(account.email, account.password);
      const target = to ?? `/${joined.workspace}`;
      window.location.assign(refusal === null ? target : signInPath(target));
    } catch (error) {
      setErrors(readFormErrors(error, ["name", "email", "password"]));
      running.current = false;
      setBusy(false);
    }
  }

  async function changePerson() {
    await signOut();
    window.location.assign(ownPath);
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {person ? null : <AccountFields errors={errors?.byField ?? {}} email={email} />}
      {errors?.whole === undefined ? null : <ErrorState title={errors.whole} />}
      <SubmitButton size="xl" busy={busy} className="mt-1 w-full">
        {busy ? "Joining" : person ? `Join as ${person.name}` : "Create the account and join"}
      </SubmitButton>
      {person ? (
        <Button variant="quiet" size="xl" onClick={() => void changePerson()} className="w-full">
          Join as somebody else
        </Button>
      ) : (
        <ButtonLink variant="quiet" size="xl" href={signInPath(ownPath)} className="w-full">
          Sign in with an account you have
        </ButtonLink>
      )}
    </form>
  );
}
