import type { ComputeProvider } from "#lib/compute/port.ts";
import type { Services } from "#lib/services/services.ts";
import type { LogFollowers } from "./follow-logs.ts";

/** What every part of the reconciler works with. Nothing in it is needed to go on after a restart. */
export interface ReconcileContext {
  services: Services;
  /** A provider by the `provider` of a deployment. */
  providerOf: (type: string) => ComputeProvider;
  /** Marks the containers of this studio, since an engine may serve several. */
  studioId: string;
  followers: LogFollowers;
  /** Failed readiness probes in a row, by instance. */
  failedProbes: Map<string, number>;
  /** Images under way, by deployment; with `retryAt` (UTC ms) one that failed for now and waits for its next try. */
  preparing: Map<string, { revision: number; abort: AbortController; retryAt?: number }>;
  signal: AbortSignal;
}
