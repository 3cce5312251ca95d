"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useToast } from "#components/ui/toast.tsx";
import { signInPath } from "#lib/auth/return-path.ts";

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code;
}

/** Says so, once, when the session has ended elsewhere, and leads back to this view after signing in. */
export function useSessionEnd(): void {
  const client = useQueryClient();
  const toast = useToast();
  useEffect(() => {
    let told = false;
    const tell = (error: unknown) => {
      if (told || codeOf(error) !== "UNAUTHENTICATED") return;
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
    const queries = client.getQueryCache().subscribe((event) => tell(event.query.state.error));
    const changes = client.getMutationCache().subscribe((event) => tell(event.mutation?.state.error));
    return () => {
      queries();
      changes();
    };
  }, [client, toast]);
}
