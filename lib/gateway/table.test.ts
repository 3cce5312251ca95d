import { expect, it } from "vitest";
import { type DeploymentRoute, type EndpointRoute, orderByTraffic } from "./table.ts";

function deployment(name: string, weight: number, instances = 1): DeploymentRoute {
  return {
    id: `dep_${name}`,
    name,
    weight,
    requestTimeoutMs: 1000,
    maxConcurrentRequestsPerInstance: 1,
    maxQueueWaitMs: 100,
    instances: Array.from({ length: instances }, (_, i) => ({
      id: `${name}${i}`,
      host: "127.0.0.1",
      port: 1,
    })),
  };
}

function endpoint(...deployments: DeploymentRoute[]): EndpointRoute {
  const byName = new Map(deployments.map((item) => [item.name, item]));
  return { id: "e", workspaceId: "w", workspace: "w", name: "e", keyHashes: [], deployments: byName };
}

const names = (route: EndpointRoute, chance: number) => orderByTraffic(route, chance).map(({ name }) => name);

it("gives each deployment its share of the chances", () => {
  const route = endpoint(deployment("blue", 80), deployment("green", 20), deployment("dark", 0));
  const counts: Record<string, number> = {};
  for (let i = 0; i < 1000; i++) {
    const first = names(route, i / 1000)[0] ?? "";
    counts[first] = (counts[first] ?? 0) + 1;
  }
  expect(counts).toEqual({ blue: 800, green: 200 });
});

it("keeps the others that take traffic for when the first cannot be reached", () => {
  expect(names(endpoint(deployment("blue", 80), deployment("green", 20)), 0.9)).toEqual(["green", "blue"]);
});

it("prefers a deployment that is ready to one that is not", () => {
  expect(names(endpoint(deployment("blue", 90, 0), deployment("green", 10)), 0)).toEqual(["green", "blue"]);
});

it("finds none where none takes traffic", () => {
  expect(names(endpoint(deployment("blue", 0)), 0)).toEqual([]);
});
