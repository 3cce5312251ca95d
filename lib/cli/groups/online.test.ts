import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSpecFile } from "#lib/spec/load.ts";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";

let cli: TestCli;

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
  await mkdir(join(cli.folder, "model"));
  await writeFile(join(cli.folder, "model", "MLmodel"), "flavors:\n  python_function: {}\n");
  await writeFile(
    join(cli.folder, "blue.yml"),
    "name: blue\nendpoint_name: calls\nmodel:\n  path: model\n  name: bank\n  version: 1\ninstance_type: small\n",
  );
}, 120_000);

afterAll(() => cli.close());

const tsv = async (line: string | string[]) => (await cli.run(line)).stdout.trim();

/** Notes in the database what the runner does: none runs here. */
async function setDeployment(
  name: string,
  state: "Succeeded" | "Failed",
  error: string | null,
): Promise<void> {
  const { sql } = cli.studio.services;
  await sql`update deployments set provisioning_state = ${state}, error = ${error}, progress = '' where name = ${name}`;
}

describe("online-endpoint", { timeout: 120_000 }, () => {
  it("is made by name or by file, with an address and two keys", async () => {
    const made = await cli.json("online-endpoint create -n calls");
    expect(made).toMatchObject({
      name: "calls",
      auth_mode: "key",
      provisioning_state: "Succeeded",
      traffic: {},
    });
    expect(made.scoring_uri).toMatch(/\/e\/lab\/calls\/score$/);
    const keys = await cli.json<Record<string, string>>("online-endpoint get-credentials -n calls");
    expect(Object.keys(keys)).toEqual(["primaryKey", "secondaryKey"]);
    await cli.run("online-endpoint regenerate-keys -n calls --key-type secondary");
    const after = await cli.json<Record<string, string>>("online-endpoint get-credentials -n calls");
    expect(after.primaryKey).toBe(keys.primaryKey);
    expect(after.secondaryKey).not.toBe(keys.secondaryKey);
    expect((await cli.run("online-endpoint regenerate-keys -n calls --key-type both")).code).toBe(2);
    const token = await cli.run("online-endpoint create -n other --auth-mode aad_token");
    expect([token.code, token.stderr.startsWith("ERROR: auth_mode: must be key")]).toEqual([1, true]);
    expect((await cli.run("online-endpoint create -n calls")).stderr).toContain(
      "There is an endpoint “calls” already",
    );
  });

  it("changes its words", async () => {
    await cli.run([
      "online-endpoint",
      "update",
      "-n",
      "calls",
      "--set",
      "description=Who says yes",
      "tags.a=b",
    ]);
    const words = "online-endpoint list --query [].{n:name,d:description,t:tags.a} -o tsv";
    expect(await tsv(words)).toBe("calls\tWho says yes\tb");
  });
});

describe("online-deployment", { timeout: 120_000 }, () => {
  it("registers the model that its file describes, and need not be waited for", async () => {
    const made = await cli.run("online-deployment create -f blue.yml --no-wait");
    expect(made.stderr).toBe("Uploading model\nModel bank:1\n");
    expect(JSON.parse(made.stdout)).toMatchObject({
      name: "blue",
      endpoint_name: "calls",
      model: "azureml:bank:1",
      provisioning_state: "Creating",
      instance_type: "small",
    });
    // The very version is there now, so that a second deployment takes it.
    const green = await cli.run(
      "online-deployment create -f blue.yml -n green --no-wait --set instance_count=2",
    );
    expect(green.stderr).toBe("Model bank:1\n");
    expect(await tsv("online-deployment list -e calls --query [].[name,instance_count] -o tsv")).toBe(
      "blue\t1\ngreen\t2",
    );
    const again = await cli.run("online-deployment create -f blue.yml");
    expect([again.code, again.stderr.includes("has a deployment “blue” already")]).toEqual([1, true]);
  });

  it("is waited for until it is ready, told step by step", async () => {
    const waiting = cli.run(
      "online-deployment create -f blue.yml -n violet --query provisioning_state -o tsv",
    );
    for (;;) {
      const rows = await cli.studio.services.sql`select 1 from deployments where name = 'violet'`;
      if (rows.length > 0) break;
      await sleep(100);
    }
    await sleep(2500);
    await setDeployment("violet", "Succeeded", null);
    const { code, stdout, stderr } = await waiting;
    expect([code, stdout]).toEqual([0, "Succeeded\n"]);
    expect(stderr).toMatch(/^Model bank:1\n +\d+ s {2}Waiting for the runner\n$/);
  });

  it("is an error with its reason when it fails", async () => {
    await setDeployment("green", "Failed", "The container ended with exit code 3.");
    const update = await cli.run(
      "online-deployment update -n green -e calls --set description=again --no-wait",
    );
    expect(JSON.parse(update.stdout)).toMatchObject({ provisioning_state: "Updating", description: "again" });
    await setDeployment("green", "Failed", "The container ended with exit code 3.");
    const limits = cli.run(
      "online-deployment update -n green -e calls --set request_settings.max_queue_wait_ms=9 tags.x=y",
    );
    for (;;) {
      const rows = await cli.studio.services
        .sql`select 1 from deployments where name = 'green' and max_queue_wait_ms = 9`;
      if (rows.length > 0) break;
      await sleep(100);
    }
    await setDeployment("green", "Failed", "The container ended with exit code 3.");
    const failed = await limits;
    expect([failed.code, failed.stdout]).toEqual([1, ""]);
    expect(failed.stderr).toContain("ERROR: “green” failed: The container ended with exit code 3.");
    expect((await cli.run("online-deployment update -n green -e calls --set colour=red")).code).toBe(2);
  });

  it("prints what loads again as a deployment", async () => {
    const file = join(cli.folder, "shown.yml");
    await writeFile(file, (await cli.run("online-deployment show -n green -e calls -o yaml")).stdout);
    const { spec } = await loadSpecFile(file, { kind: "online-deployment" });
    expect(spec).toMatchObject({
      name: "green",
      model: "azureml:bank:1",
      instance_count: 2,
      tags: { x: "y" },
    });
    expect(spec.request_settings).toMatchObject({ max_queue_wait_ms: 9 });
  });

  it("takes the share of the traffic that is moved to it", async () => {
    const both = await cli.json([
      "online-endpoint",
      "update",
      "-n",
      "calls",
      "--traffic",
      "blue=90 green=10",
    ]);
    expect(both.traffic).toEqual({ blue: 90, green: 10 });
    const words = await cli.json("online-endpoint update -n calls --traffic blue=40 green=60");
    expect(words.traffic).toEqual({ blue: 40, green: 60 });
    const set = await cli.json("online-endpoint update -n calls --set traffic.blue=0 traffic.green=100");
    expect(set.traffic).toEqual({ blue: 0, green: 100 });
    const half = await cli.run("online-endpoint update -n calls --traffic green=50");
    expect([half.code, half.stderr]).toEqual([
      1,
      "ERROR: traffic: adds up to 50 %. It must be 100, or 0 for no traffic at all.\n",
    ]);
    expect((await cli.run("online-endpoint update -n calls --traffic green")).code).toBe(2);
  });

  it("prints its log as it is, and is not removed while it takes traffic", async () => {
    const logs = await cli.run("online-deployment get-logs -n blue -e calls --lines 10");
    expect([logs.code, logs.stderr]).toEqual([0, ""]);
    const taken = await cli.run("online-deployment delete -n green -e calls --yes");
    expect([taken.code, taken.stderr.includes("takes 100 % of the traffic")]).toEqual([1, true]);
    expect((await cli.run("online-deployment delete -n blue -e calls --yes --no-wait")).code).toBe(0);
    expect(await tsv("online-deployment show -n blue -e calls --query provisioning_state -o tsv")).toBe(
      "Deleting",
    );
    expect((await cli.run("online-deployment show -n red -e calls")).code).toBe(3);
    expect((await cli.run("online-deployment show -n blue")).code).toBe(2);
  });
});
