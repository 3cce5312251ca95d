import { expect, it } from "vitest";
import { Slots } from "./slots.ts";
import type { DeploymentRoute, EndpointRoute, RoutingTable } from "./table.ts";

const none: ReadonlySet<string> = new Set();

function deployment(instances: string[], max = 1, waitMs = 100): DeploymentRoute {
  return {
    id: "dep_blue",
    name: "blue",
    weight: 100,
    requestTimeoutMs: 1000,
    maxConcurrentRequestsPerInstance: max,
    maxQueueWaitMs: waitMs,
    instances: instances.map((id) => ({ id, host: "127.0.0.1", port: 1 })),
  };
}

function tableOf(route: DeploymentRoute): RoutingTable {
  const endpoint: EndpointRoute = {
    id: "e",
    workspaceId: "w",
    workspace: "w",
    name: "e",
    keyHashes: [],
    deployments: new Map([[route.name, route]]),
  };
  return new Map([["w/e", endpoint]]);
}

it("spreads requests over the least busy instances", async () => {
  const slots = new Slots();
  const blue = deployment(["a", "b"], 2);
  const taken = await Promise.all(Array.from({ length: 4 }, () => slots.take(blue, none)));
  expect(taken.map((slot) => slot?.instance.id).sort()).toEqual(["a", "a", "b", "b"]);
});

it("lets the next in line in when a place becomes free, first come first served", async () => {
  const slots = new Slots();
  const blue = deployment(["a"]);
  const first = await slots.take(blue, none);
  const order: string[] = [];
  const second = slots.take(blue, none).then((slot) => {
    order.push("second");
    return slot;
  });
  const third = slots.take(blue, none).then((slot) => {
    order.push("third");
    return slot;
  });
  first?.release();
  first?.release();
  (await second)?.release();
  expect((await third)?.waitedMs).toBeGreaterThanOrEqual(0);
  expect(order).toEqual(["second", "third"]);
});

it("answers 429 when no place becomes free in time, and forgets who waited", async () => {
  const slots = new Slots();
  const blue = deployment(["a"], 1, 50);
  const held = await slots.take(blue, none);
  await expect(slots.take(blue, none)).rejects.toMatchObject({ status: 429 });
  held?.release();
  expect((await slots.take(blue, none))?.instance.id).toBe("a");
});

it("lets those who wait to an instance that has just become ready", async () => {
  const slots = new Slots();
  const held = await slots.take(deployment(["a"]), none);
  const waiting = slots.take(deployment(["a"]), none);
  slots.update(tableOf(deployment(["a", "b"])));
  expect((await waiting)?.instance.id).toBe("b");
  held?.release();
});

it("has no place at all where every instance is excluded", async () => {
  expect(await new Slots().take(deployment(["a"]), new Set(["a"]))).toBeNull();
  expect(await new Slots().take(deployment([]), none)).toBeNull();
});

it("still counts what runs after the table was read anew", async () => {
  const slots = new Slots();
  await slots.take(deployment(["a"]), none);
  slots.update(new Map());
  await expect(slots.take(deployment(["a"], 1, 30), none)).rejects.toMatchObject({ status: 429 });
});
