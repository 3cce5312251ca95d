import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import {
  myWorkspace,
  teamName,
  workspace,
  workspaceDescription,
  workspaceDisplayName,
  workspaceName,
} from "./model.ts";

const named = z.object({ workspace: z.string() });

export const workspacesContract = {
  list: operation({ method: "GET", path: "/workspaces", access: "user", summary: "Your workspaces" }).output(
    z.object({ items: z.array(myWorkspace) }),
  ),
  create: operation({
    method: "POST",
    path: "/workspaces",
    access: "person",
    summary: "Make a workspace; you become its owner",
    status: 201,
  })
    .input(
      z.object({
        name: workspaceName,
        /** Shown to people; the name unless told. */
        displayName: workspaceDisplayName.optional(),
        description: workspaceDescription.default(""),
        /** The team that owns it; made when there is none of that name. */
        team: teamName.optional(),
      }),
    )
    .output(workspace),
  get: operation({
    method: "GET",
    path: "/workspaces/{workspace}",
    access: "reader",
    summary: "One workspace",
  })
    .input(named)
    .output(workspace),
  update: operation({
    method: "PATCH",
    path: "/workspaces/{workspace}",
    access: "owner",
    summary: "Change a workspace's words",
  })
    .input(
      named.extend({
        displayName: workspaceDisplayName.optional(),
        description: workspaceDescription.optional(),
      }),
    )
    .output(workspace),
  archive: operation({
    method: "POST",
    path: "/workspaces/{workspace}/archive",
    access: "owner",
    summary: "Put a workspace away; nothing is deleted",
  })
    .input(named)
    .output(z.object({})),
  restore: operation({
    method: "POST",
    path: "/archived-workspaces/{name}/restore",
    access: "person",
    summary: "Bring back a workspace that you own",
    description:
      "The one that was put away last where several had the name. `as` is its name from now on, for where another has the old one.",
  })
    .input(z.object({ name: z.string(), as: workspaceName.optional() }))
    .output(workspace),
};
