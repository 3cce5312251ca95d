import type { WorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import type { Services } from "#lib/services/services.ts";

/** What a request brings to every operation; all that one of access `public` has. */
export interface ApiContext {
  services: Services;
  principal: Principal | null;
  requestId: string;
  /** The caller's network address, for back-off. */
  remoteAddress: string;
}

/** What a handler of access `user` or `admin` sees. */
export interface UserContext extends ApiContext {
  principal: Principal;
}

/** What a handler below `/workspaces/{workspace}` sees; the role was checked. */
export interface WorkspaceContext extends UserContext {
  workspace: WorkspaceAccess;
}
