"use client";

import { useEffect } from "react";
import { useToast } from "#components/ui/toast.tsx";
import { signedOutEvent } from "#lib/api/client.ts";
import { signOutKey } from "#lib/auth/browser.ts";
import { signInPath } from "#lib/auth/return-path.ts";

/** Says so, once, when the session has ended or another tab signed out, and leads back to this view after signing in. */
export function useSessionEnd(): void {
  const toast = useToast();
  useEffect(() => {
    let told = false;
    const tell = () => {
      if (told) return;
      told = true;
      toast({
        title: "You were signed out",
        detail: "The session has ended. This page stays as it is.",
        kind: "failed",
        action: {
          label: "Sign in",
          run: () => {
            const { pathname, search, hash } = window.location;
            window.location.assign(signInPath(pathname + search) + hash);
          },
        },
      });
    };
    const hear = ({ key }: StorageEvent) => {
      if (key === signOutKey) tell();
    };
    window.addEventListener(signedOutEvent, tell);
    window.addEventListener("storage", hear);
    return () => {
      window.removeEventListener(signedOutEvent, tell);
      window.removeEventListener("storage", hear);
    };
  }, [toast]);
}
