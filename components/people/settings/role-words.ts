import type { WorkspaceRole } from "#lib/auth/access.ts";

export const roleWord: Record<WorkspaceRole, string> = {
  reader: "Reader",
  contributor: "Contributor",
  owner: "Owner",
};

export const roleOptions: { value: WorkspaceRole; label: string }[] = [
  { value: "reader", label: "Reader" },
  { value: "contributor", label: "Contributor" },
  { value: "owner", label: "Owner" },
];

/** What each role may do, as the permissions of the operations say it. */
export const roleRights: { words: string; least: WorkspaceRole }[] = [
  { words: "See data, runs, models and endpoints", least: "reader" },
  { words: "Download files, read logs and metrics", least: "reader" },
  { words: "Add data, start and cancel runs", least: "contributor" },
  { words: "Register models, deploy, change traffic", least: "contributor" },
  { words: "Test endpoints, read their keys", least: "contributor" },
  { words: "Change compute, invite people, change roles", least: "owner" },
  { words: "Rename and archive the workspace", least: "owner" },
];
