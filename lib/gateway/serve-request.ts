import type { IncomingMessage, ServerResponse } from "node:http";
import { takeBody } from "./body.ts";
import { GatewayError } from "./errors.ts";
import { forward, type Outcome } from "./forward.ts";
import { opens, readKey } from "./keys.ts";
import type { Slots } from "./slots.ts";
import { type DeploymentRoute, type EndpointRoute, orderByTraffic, type RoutingTable } from "./table.ts";

/** The header by which a caller names the deployment, past the traffic split; and by which the gateway says who answered. */
export const deploymentHeader = "azureml-model-deployment";

export interface Served {
  endpoint: EndpointRoute;
  /** Empty when none could be reached. */
  deployment: string;
  status: number;
}

export interface Target {
  workspace: string;
  endpoint: string;
  path: string;
  query: string;
}

/** `/e/<workspace>/<endpoint>` and, below it, what an instance serves. Null for any other address. */
export function parseTarget(url: string): Target | null {
  const [path = "", query] = url.split("?", 2);
  const match = /^\/e\/([^/]+)\/([^/]+)(\/|\/score|\/swagger\.json)?$/.exec(path);
  if (!match?.[1] || !match[2]) return null;
  return {
    workspace: decode(match[1]),
    endpoint: decode(match[2]),
    path: match[3] ?? "/",
    query: query ? `?${query}` : "",
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function checkMethod(request: IncomingMessage, target: Target): void {
  const wanted = target.path === "/score" ? "POST" : "GET";
  if (request.method !== wanted) throw new GatewayError(405, `Use ${wanted} for ${target.path}.`);
}

/** A wrong key and an unknown endpoint are answered alike, so that nobody learns which endpoints there are. */
function findEndpoint(table: RoutingTable, target: Target, key: string): EndpointRoute {
  const endpoint = table.get(`${target.workspace}/${target.endpoint}`);
  if (endpoint && opens(endpoint, key)) return endpoint;
  throw new GatewayError(
    403,
    `The key does not open ${target.workspace}/${target.endpoint}, or there is no such endpoint.`,
  );
}

function candidates(endpoint: EndpointRoute, request: IncomingMessage): DeploymentRoute[] {
  const named = request.headers[deploymentHeader]?.toString();
  if (named) {
    const deployment = endpoint.deployments.get(named);
    if (!deployment) throw new GatewayError(404, `${endpoint.name} has no deployment “${named}”.`);
    return [deployment];
  }
  const order = orderByTraffic(endpoint, Math.random());
  if (order.length === 0) {
    const some = endpoint.deployments.size > 0;
    throw new GatewayError(
      503,
      some
        ? `No deployment of ${endpoint.name} takes traffic. Set its traffic, or name one in ${deploymentHeader}.`
        : `${endpoint.name} has no deployment yet.`,
    );
  }
  return order;
}

/** Checks the key, picks an instance and passes request and answer through. What goes wrong is thrown, with `served` set. */
export async function serveRequest(
  table: RoutingTable,
  slots: Slots,
  request: IncomingMessage,
  response: ServerResponse,
  context: {
    target: Target;
    requestId: string;
    arrivedAt: number;
    served: (endpoint: EndpointRoute, deployment: string) => void;
  },
): Promise<number> {
  const { target, requestId, arrivedAt } = context;
  const key = readKey(request.headers.authorization);
  const endpoint = findEndpoint(table, target, key);
  checkMethod(request, target);
  context.served(endpoint, "");
  const order = candidates(endpoint, request);
  const body = await takeBody(request);
  const excluded = new Set<string>();
  for (const deployment of order) {
    let fresh = false;
    for (;;) {
      const slot = await slots.take(deployment, excluded);
      if (!slot) break;
      context.served(endpoint, deployment.name);
      response.setHeader("atelier-deployment", deployment.name);
      response.setHeader(deploymentHeader, deployment.name);
      let outcome: Outcome;
      try {
        outcome = await forward({
          request,
          response,
          body,
          path: target.path + target.query,
          requestId,
          deployment,
          instance: slot.instance,
          waitedMs: slot.waitedMs,
          arrivedAt,
          fresh,
        });
      } finally {
        slot.release();
      }
      if (outcome.kind === "answered") return outcome.status;
      fresh = outcome.kind === "stale";
      if (!fresh) excluded.add(slot.instance.id);
    }
  }
  response.removeHeader("atelier-deployment");
  response.removeHeader(deploymentHeader);
  const names = order.map(({ name }) => `“${name}”`).join(" and ");
  throw new GatewayError(503, `No instance of ${names} is ready. Look at its state and logs in the studio.`);
}
