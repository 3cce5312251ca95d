/** Who is asking. Every request has one or none; nothing else decides what may be done. */
export interface Principal {
  userId: string;
  email: string;
  name: string;
  isAdmin: boolean;
  /** How the caller proved it. */
  via: "session" | "token";
  /** A token may be confined to one workspace … */
  onlyWorkspaceId?: string;
  /** … or be the token of one run, which may write as a contributor and ends with the run. */
  runId?: string;
}
