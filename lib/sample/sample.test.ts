import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { users } from "#db/schema/index.ts";
import { readEnv } from "#lib/core/env.ts";
import { getDatasetVersion } from "#lib/datasets/queries.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { getRun, readRunDetails } from "#lib/runs/queries/get-run.ts";
import { createServices, type Services } from "#lib/services/services.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestStore } from "#lib/testing/store.ts";
import { createWorkspace } from "#lib/workspaces/commands.ts";
import { startSample } from "./commands.ts";

let services: Services;
let workspaceId: string;
const cleanUp: (() => Promise<unknown>)[] = [];
const by = { userId: "usr_o", name: "O" };

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), "atelier-sample-"));
  cleanUp.push(() => rm(home, { recursive: true }));
  await writeFile(join(home, "master.key"), Buffer.alloc(32, 1).toString("base64"), { mode: 0o600 });
  const [database, store] = [await createTestDatabase(), await createTestStore()];
  cleanUp.push(database.drop, store.drop);
  const env = readEnv({ ATELIER_HOME: home, DATABASE_URL: database.url, ...store.settings });
  services = createServices({ name: "test", env });
  cleanUp.unshift(() => services.close());
  await services.db.insert(users).values({ id: by.userId, email: "o@b.example", name: by.name });
  workspaceId = (await createWorkspace(services.db, by.userId, { name: "fares" })).id;
});

afterAll(async () => {
  await getTableService(services).engine.close();
  for (const work of cleanUp) await work();
});

it("brings in the table and starts a run on it that registers a model; again, only the run", async () => {
  const first = await startSample(services, workspaceId, by);
  expect(first.dataset).toEqual({ name: "breast-cancer", version: "1" });
  const data = await getDatasetVersion(services.db, workspaceId, "breast-cancer", "1");
  expect([data.rowCount, data.columns?.length]).toEqual([569, 31]);

  const run = await getRun(services.db, workspaceId, first.run);
  const details = await readRunDetails(services.db, run, { studioUrl: "http://s", workspaceName: "fares" });
  expect(details.displayName).toBe("breast-cancer-boosting");
  expect(details.experimentName).toBe("sample");
  expect(details.snapshot?.fileCount).toBe(1);
  expect(details.inputs.find(({ name }) => name === "data")?.asset).toMatchObject(first.dataset);
  expect(details.outputs.find(({ name }) => name === "model")?.type).toBe("mlflow_model");

  const second = await startSample(services, workspaceId, by);
  expect(second.dataset).toEqual(first.dataset);
  expect(second.run).not.toBe(first.run);
});
