/** What the gateway knows of one endpoint; read whole from the database, never changed in place. */
export interface EndpointRoute {
  id: string;
  workspaceId: string;
  workspace: string;
  name: string;
  /** SHA-256 of the primary and the secondary key. */
  keyHashes: Buffer[];
  deployments: Map<string, DeploymentRoute>;
}

export interface DeploymentRoute {
  id: string;
  name: string;
  /** Percent of the traffic; 0 when it is only reached by its name. */
  weight: number;
  requestTimeoutMs: number;
  maxConcurrentRequestsPerInstance: number;
  maxQueueWaitMs: number;
  /** Only those that are ready. */
  instances: InstanceRoute[];
}

export interface InstanceRoute {
  id: string;
  host: string;
  port: number;
}

/** Endpoints by `workspace/endpoint`. */
export type RoutingTable = Map<string, EndpointRoute>;

/**
 * The deployments to try, in order: the one that chance picks by the traffic shares, then the others that take traffic.
 * Those without a ready instance come last. `chance` is from 0 up to, not including, 1.
 */
export function orderByTraffic(endpoint: EndpointRoute, chance: number): DeploymentRoute[] {
  const taking = [...endpoint.deployments.values()].filter((deployment) => deployment.weight > 0);
  const total = taking.reduce((sum, deployment) => sum + deployment.weight, 0);
  let rest = chance * total;
  const picked = taking.find((deployment) => {
    rest -= deployment.weight;
    return rest < 0;
  });
  const order = picked ? [picked, ...taking.filter((deployment) => deployment !== picked)] : taking;
  const ready = (deployment: DeploymentRoute) => deployment.instances.length > 0;
  return [...order.filter(ready), ...order.filter((deployment) => !ready(deployment))];
}
