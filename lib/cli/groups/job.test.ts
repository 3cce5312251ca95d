import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runArtifactsPrefix } from "#lib/files/keys.ts";
import { loadSpecFile } from "#lib/spec/load.ts";
import { connectTo } from "../connection.ts";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";
import { tellWaiting } from "./tell-waiting.ts";

let cli: TestCli;

const job = `type: command
display_name: Count
code: src
command: python count.py \${{inputs.table}} \${{inputs.rate}}
inputs:
  table: {type: uri_file, path: calls.csv}
  rate: 0.1
environment: azureml:sklearn-1.5@latest
compute: azureml:docker
`;

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
  await mkdir(join(cli.folder, "count", "src"), { recursive: true });
  await writeFile(join(cli.folder, "count", "src", "count.py"), "print('counted')\n");
  await writeFile(join(cli.folder, "count", "calls.csv"), "age\n41\n");
  await writeFile(join(cli.folder, "count", "job.yml"), job);
}, 120_000);

afterAll(() => cli.close());

const tsv = async (line: string | string[]) => (await cli.run(line)).stdout.trim();

describe("job", { timeout: 120_000 }, () => {
  it("is started from a file with what lies beside it, and changed by --set on the way", async () => {
    const set = ["--set", "inputs.rate=0.5", "tags.by=me", "--set", "display_name=Count twice"];
    const made = await cli.run(["job", "create", "--file", "count/job.yml", "-n", "first_count", ...set]);
    expect(made.stderr).toBe("Code: 1 file, 17 bytes, 1 new\nInput table: calls.csv\n");
    expect(JSON.parse(made.stdout)).toMatchObject({
      name: "first_count",
      display_name: "Count twice",
      experiment_name: "count",
      type: "command",
      compute: "azureml:docker",
      tags: { by: "me" },
      inputs: { rate: 0.5, table: { type: "uri_file", mode: "ro_mount" } },
      outputs: {
        default: { path: "azureml://jobs/first_count/outputs/artifacts/paths/", type: "uri_folder" },
      },
      services: { Studio: { type: "Studio" } },
    });
    const again = await cli.run("job create -f count/job.yml --query name -o tsv --save-as sent.yml");
    expect(again.stderr).toBe("Code: 1 file, 17 bytes, 0 new\nInput table: calls.csv\n");
    expect(await readFile(join(cli.folder, "sent.yml"), "utf8")).toContain(`name: ${again.stdout.trim()}`);
  });

  it("prints what loads again as a job", async () => {
    const shown = (await cli.run("job show -n first_count -o yaml")).stdout;
    const file = join(cli.folder, "shown.yml");
    await writeFile(file, shown);
    const { spec } = await loadSpecFile(file, { kind: "job" });
    expect(spec).toMatchObject({ name: "first_count", display_name: "Count twice", compute: "docker" });
    expect(spec.inputs.rate).toBeDefined();
  });

  it("is checked with file, line and exit code", async () => {
    expect(await tsv("job validate -f count/job.yml --query result -o tsv")).toBe("Succeeded");
    await writeFile(join(cli.folder, "count", "bad.yml"), job.replace("command: p", "comand: p"));
    const report = await cli.run("job validate -f count/bad.yml");
    expect(report.code).toBe(1);
    expect(JSON.parse(report.stdout)).toMatchObject({
      result: "Failed",
      errors: [
        { path: "command", message: "is required." },
        {
          path: "comand",
          message: expect.stringContaining("Did you mean “command”?"),
          location: "count/bad.yml:4",
        },
      ],
    });
    const refused = await cli.run("job create -f count/bad.yml");
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("count/bad.yml:4");
  });

  it("tells of a compute target that is not there", async () => {
    const made = await cli.run(
      "job create -f count/job.yml --set compute=azureml:far-away --query compute -o tsv",
    );
    expect(made.stderr).toContain("WARNING: --set compute: compute: There is no “far-away” here");
    expect(made.stdout).toMatch(/^azureml:(docker|local)\n$/);
  });

  it("is listed, newest first", async () => {
    expect(await tsv("job list --query length(@) -o tsv")).toBe("3");
    expect(await tsv("job list -r 1 --query [].experiment_name -o tsv")).toBe("count");
    expect((await tsv("job list --query [].name -o tsv")).split("\n").at(-1)).toBe("first_count");
    expect((await cli.run("job list --max-results none")).code).toBe(2);
  });

  it("tells each thing that a run waits for once, until its command begins", async () => {
    const { services, url } = cli.studio;
    const note = (event: string, reason: string) =>
      services.sql`insert into run_events (run_id, event, reason)
        select id, ${event}, ${reason} from runs where name = 'first_count'`;
    await note("Queued", "docker is not available");
    await note("note", "docker is not available");
    const connection = connectTo(url, await tsv("account get-access-token --query accessToken -o tsv"));
    const told: string[] = [];
    const telling = tellWaiting(
      connection,
      { workspace: "lab", run: "first_count" },
      (line) => {
        told.push(line);
        // What comes while it looks is told too.
        if (told.length === 1) void note("Preparing", "building the image").then(() => note("Running", ""));
      },
      AbortSignal.timeout(60_000),
    );
    await telling;
    expect(told).toEqual(["Queued: docker is not available", "Preparing: building the image"]);
    await services.sql`delete from run_events where event in ('Queued', 'Preparing', 'Running', 'note')`;
  });

  it("cannot be downloaded before its end; canceled, its stream and its files end there", async () => {
    const early = await cli.run("job download -n first_count");
    expect([early.code, early.stderr.includes("can be downloaded once it has ended")]).toEqual([1, true]);
    expect((await cli.run("job cancel -n first_count")).code).toBe(0);
    expect(await tsv("job show -n first_count --query status -o tsv")).toBe("Canceled");
    const stream = await cli.run("job stream -n first_count");
    expect(stream.stdout).toContain("RunId: first_count\n");
    expect(stream.stdout).toContain("Streaming user_logs/std_log.txt\n===============================\n");
    expect(stream.stdout).toMatch(/Execution Summary\n=+\nRunId: first_count\nStatus: Canceled\n/);
    expect([stream.code, stream.stderr]).toEqual([1, "ERROR: The run ended as Canceled.\n"]);
  });

  it("gives its files in the folders of az", async () => {
    const { services } = cli.studio;
    const workspace = await services.sql<{ id: string }[]>`select id from workspaces where name = 'lab'`;
    const key = `${runArtifactsPrefix(workspace[0]?.id ?? "", "first_count")}outputs/report.txt`;
    await services.store.put(key, Buffer.from("three rows"));
    const { stderr } = await cli.run("job download -n first_count -p out");
    expect(stderr).toBe(`Saved in ${join(cli.folder, "out", "artifacts")}\n`);
    expect(await readFile(join(cli.folder, "out", "artifacts", "outputs", "report.txt"), "utf8")).toBe(
      "three rows",
    );
  });

  it("is changed, put away, brought back and deleted", async () => {
    await cli.run(["job", "update", "-n", "first_count", "--set", "display_name=Once more", "tags.seen=yes"]);
    expect(await tsv("job show -n first_count --query [display_name,tags.by,tags.seen] -o tsv")).toBe(
      "Once more\nme\nyes",
    );
    await cli.run("job archive -n first_count");
    expect(await tsv("job list --archived-only --query [].name -o tsv")).toBe("first_count");
    await cli.run("job restore -n first_count");
    expect(await tsv("job list --query length(@) -o tsv")).toBe("3");
    expect((await cli.run("job delete -n first_count")).code).toBe(0);
    expect((await cli.run("job show -n first_count")).code).toBe(3);
    expect((await cli.run("job cancel -n first_count")).code).toBe(1);
  });
});
