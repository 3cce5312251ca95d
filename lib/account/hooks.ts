"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";
import type { Me } from "./model.ts";

/** Who is signed in. The frame of the studio gives the first answer, so pages never wait for it. */
export function useMe(initial?: Me) {
  return useQuery(
    orpc.account.get.queryOptions(
      initial ? { initialData: initial, staleTime: 60_000 } : { staleTime: 60_000 },
    ),
  );
}

export function useRename() {
  const client = useQueryClient();
  return useMutation(
    orpc.account.update.mutationOptions({
      onSuccess: (me) => client.setQueryData(orpc.account.get.queryKey(), me),
    }),
  );
}

export function useTokens() {
  return useQuery(orpc.account.listTokens.queryOptions());
}

/** Tokens are nobody else's, so no event tells of them: a change asks for the list again. */
function useTokenChange() {
  const client = useQueryClient();
  return { onSettled: () => client.invalidateQueries({ queryKey: orpc.account.listTokens.key() }) };
}

export function useCreateToken() {
  return useMutation(orpc.account.createToken.mutationOptions(useTokenChange()));
}

export function useRevokeToken() {
  return useMutation(orpc.account.revokeToken.mutationOptions(useTokenChange()));
}
