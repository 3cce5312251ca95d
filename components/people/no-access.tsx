"use client";

import { useQuery } from "@tanstack/react-query";
import { LockKeyhole } from "lucide-react";
import { useEffect, useState } from "react";
import { Wordmark } from "#components/shell/mark.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorState, Notice } from "#components/ui/error-state.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { signOut } from "#lib/auth/browser.ts";
import { signInPath } from "#lib/auth/return-path.ts";
import { workspaceName } from "#lib/workspaces/model.ts";

/** Whoever waits to be let in is in no workspace, so no event reaches them: this page asks now and then. */
const askAgainMs = 10_000;

export interface NoAccessProps {
  /** Who is signed in; null for a stranger. */
  person: { name: string; email: string } | null;
  /** What was asked for, with its query. */
  path: string;
}

/** The same page whether a thing is missing or may not be seen; a signed-in person can ask to be let in. */
export function NoAccess({ person, path }: NoAccessProps) {
  const [asked, setAsked] = useState<"no" | "asking" | "sent">("no");
  const [error, setError] = useState<unknown>();
  const workspace = path.split(/[/?#]/)[1] ?? "";
  const mayAsk = person !== null && workspaceName.safeParse(workspace).success;
  const askedKey = `asked ${person?.email} ${workspace}`;
  useEffect(() => {
    // After a reload the page still waits for who asked, here or in another tab.
    if (localStorage.getItem(askedKey) !== null) setAsked("sent");
  }, [askedKey]);
  const access = useQuery(
    orpc.workspaces.get.queryOptions({
      input: { workspace },
      enabled: asked === "sent",
      refetchInterval: askAgainMs,
      retry: false,
    }),
  );
  const letIn = access.isSuccess;
  useEffect(() => {
    if (!letIn) return;
    localStorage.removeItem(askedKey);
    window.location.reload();
  }, [letIn, askedKey]);

  async function ask() {
    setAsked("asking");
    setError(undefined);
    try {
      const { pathname, search, hash } = window.location;
      await api.members.requests.create({ workspace, path: pathname + search + hash });
      localStorage.setItem(askedKey, path);
      setAsked("sent");
    } catch (reason) {
      setError(reason);
      setAsked("no");
    }
  }

  async function changePerson() {
    await signOut();
    window.location.assign(signInPath(path) + window.location.hash);
  }

  return (
    <div className="flex min-h-dvh flex-col bg-panel px-6 py-8">
      <header className="flex">
        <Link href="/" className="rounded-control">
          <Wordmark large />
        </Link>
      </header>
      <main className="mx-auto flex w-full max-w-[480px] flex-1 flex-col justify-center gap-4 py-10">
        <LockKeyhole size={24} className="text-ink-3" aria-hidden="true" />
        <div>
          <h1 className="text-page-lg">Not found, or no access</h1>
          <p className="mt-1 text-[14px]/5 text-ink-2">
            {person
              ? `There is nothing at this address that ${person.name} may see. It may have moved, or it belongs to a workspace that you are not in.`
              : "There is nothing at this address that everybody may see. Sign in to look with your own eyes."}
          </p>
          <p className="mt-2 break-all text-code text-ink-3">{path}</p>
        </div>
        {error === undefined ? null : <ErrorState error={error} />}
        {asked === "sent" ? (
          <Notice tone="info">
            <span role="status">Asked. When an owner of the workspace lets you in, this page opens.</span>
          </Notice>
        ) : null}
        <div className="flex flex-wrap gap-2">
          {person === null ? (
            <ButtonLink href={signInPath(path)} variant="primary" size="lg">
              Sign in
            </ButtonLink>
          ) : null}
          {mayAsk ? (
            <Button
              variant={asked === "sent" ? "default" : "primary"}
              size="lg"
              busy={asked === "asking"}
              onClick={() => void ask()}
            >
              {asked === "asking" ? "Asking" : asked === "sent" ? "Ask again" : "Ask to be let in"}
            </Button>
          ) : null}
          {person ? (
            <>
              <ButtonLink href="/" size="lg">
                Your workspaces
              </ButtonLink>
              <Button variant="quiet" size="lg" onClick={() => void changePerson()}>
                Sign in as somebody else
              </Button>
            </>
          ) : null}
        </div>
        {person ? <p className="text-secondary text-ink-3">Signed in as {person.email}</p> : null}
      </main>
    </div>
  );
}
