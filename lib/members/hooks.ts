"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { orpc } from "#lib/api/client.ts";

/** Sessions note that their person is here without an event: the list is asked for once a minute besides. */
const presenceEveryMs = 60_000;

export function useMembers(workspace: string) {
  return useQuery(orpc.members.list.queryOptions({ input: { workspace }, refetchInterval: presenceEveryMs }));
}

/** Open invitations; owners only. */
export function useInvites(workspace: string, enabled: boolean) {
  return useQuery(orpc.members.invites.list.queryOptions({ input: { workspace }, enabled }));
}

/** People who wait to be let in; owners only. */
export function useAccessRequests(workspace: string, enabled: boolean) {
  return useQuery(orpc.members.requests.list.queryOptions({ input: { workspace }, enabled }));
}

/** Events tell everybody of a change; whoever made it does not wait for them. */
function useMembersChange() {
  const client = useQueryClient();
  return { onSettled: () => client.invalidateQueries({ queryKey: orpc.members.key() }) };
}

export function useSetMemberRole() {
  return useMutation(orpc.members.setRole.mutationOptions(useMembersChange()));
}

export function useRemoveMember() {
  return useMutation(orpc.members.remove.mutationOptions(useMembersChange()));
}

export function useCreateInvite() {
  return useMutation(orpc.members.invites.create.mutationOptions(useMembersChange()));
}

export function useRevokeInvite() {
  return useMutation(orpc.members.invites.revoke.mutationOptions(useMembersChange()));
}

export function useGrantAccess() {
  return useMutation(orpc.members.requests.grant.mutationOptions(useMembersChange()));
}

export function useDeclineAccess() {
  return useMutation(orpc.members.requests.decline.mutationOptions(useMembersChange()));
}
