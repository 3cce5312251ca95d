import { expect, it, onTestFinished } from "vitest";
import { randomText } from "#lib/core/ids.ts";
import { EngineClient } from "./client.ts";
import { ensureNetwork } from "./network.ts";

it("comes to one network when many ask for it at once", async () => {
  const name = `atelier-test-${randomText(8)}`;
  const engines = Array.from({ length: 12 }, () => new EngineClient());
  const [engine] = engines as [EngineClient];
  const find = async () =>
    (await engine.docker.listNetworks({ filters: { name: [name] } })).map((network) => network.Id);
  onTestFinished(async () => {
    for (const id of await find()) await engine.docker.getNetwork(id).remove();
  });
  await Promise.all(engines.map((each) => ensureNetwork(each, name)));
  const id = await ensureNetwork(engine, name);
  expect(await find()).toEqual([id]);
});
