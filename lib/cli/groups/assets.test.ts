import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signIn, startTestCli, type TestCli } from "../testing/cli.ts";

let cli: TestCli;

beforeAll(async () => {
  cli = await startTestCli();
  await signIn(cli);
}, 120_000);

afterAll(() => cli.close());

const tsv = async (line: string | string[]) => (await cli.run(line)).stdout.trim();

describe("workspace", { timeout: 120_000 }, () => {
  it("is made, shown, listed, changed and put away", async () => {
    expect(
      await cli.json(["workspace", "create", "-n", "side", "--display-name", "On the side"]),
    ).toMatchObject({
      name: "side",
      display_name: "On the side",
      role: "owner",
    });
    expect(await tsv("workspace show -w side --query name -o tsv")).toBe("lab");
    expect(await tsv("workspace list --query sort([].name) -o tsv")).toBe("lab\nside");
    await cli.run(["workspace", "update", "-n", "side", "--set", "description=For the things beside"]);
    expect(await tsv("workspace show -n side --query description -o tsv")).toBe("For the things beside");
    expect((await cli.run("workspace delete -n side")).stderr).toContain("needs --yes");
    expect((await cli.run("workspace delete -n side -y")).code).toBe(0);
    const gone = await cli.run("workspace show -n side");
    expect([gone.code, gone.stdout]).toEqual([3, ""]);
  });
});

describe("data", { timeout: 120_000 }, () => {
  it("takes a file by flags or by YAML, and gives each its version", async () => {
    await writeFile(join(cli.folder, "calls.csv"), "age,y\n41,yes\n35,no\n");
    const made = await cli.json("data create -n calls -p calls.csv -t uri_file");
    expect(made).toMatchObject({ name: "calls", version: "1", type: "uri_file", path: "azureml:calls:1" });
    await writeFile(
      join(cli.folder, "data.yml"),
      "name: calls\ntype: uri_file\npath: calls.csv\ntags: {source: bank}\n",
    );
    const second = await cli.run(
      "data create -f data.yml --set description=Again -v 7 --query [version,description] -o tsv",
    );
    expect(second.stdout).toBe("7\nAgain\n");
    expect(second.stderr).toBe("Uploading calls.csv\n");
    expect(await tsv("data show -n calls --label latest --query tags.source -o tsv")).toBe("bank");
    expect(await tsv("data list -n calls --query [].version -o tsv")).toBe("7\n1");
    expect(await cli.json("data list")).toMatchObject([{ name: "calls", latest_version: "7" }]);
  });

  it("takes a folder, a broken file with its line, and what is not there", async () => {
    await mkdir(join(cli.folder, "shots"));
    await writeFile(join(cli.folder, "shots", "a.txt"), "a");
    expect(await tsv("data create -n shots -p shots --query type -o tsv")).toBe("uri_folder");
    await writeFile(join(cli.folder, "broken.csv"), 'a,b\n1,2\n"3,4\n');
    const broken = await cli.run("data create -n broken -p broken.csv -t uri_file");
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/line 3/i);
    const missing = await cli.run("data create -n x -p nowhere.csv -t uri_file");
    expect([missing.code, missing.stdout]).toEqual([1, ""]);
    expect(missing.stderr).toContain("nowhere.csv” does not exist");
    expect((await cli.run("data create -n x")).code).toBe(2);
    const folder = await cli.run("data create -n x -p shots -t uri_file");
    expect([folder.code, folder.stderr]).toEqual([
      1,
      expect.stringContaining(
        "“shots” is a folder, and a file is expected. For a folder, set type: uri_folder.",
      ),
    ]);
    // Before anything is uploaded.
    for (const wrong of ["-n x -t table", "-n two/words -t uri_file"])
      expect((await cli.run(`data create ${wrong} -p calls.csv`)).stderr).toMatch(/^ERROR: --(type|name)/);
  });

  it("changes words, and puts versions away and back", async () => {
    await cli.run([
      "data",
      "update",
      "-n",
      "calls",
      "-v",
      "1",
      "--set",
      "description=Calls of 2012",
      "tags.a=b",
    ]);
    expect(await tsv("data show -n calls -v 1 --query [description,tags.a] -o tsv")).toBe("Calls of 2012\nb");
    await cli.run("data archive -n shots");
    expect(await tsv("data list --query [].name -o tsv")).toBe("calls");
    expect(await tsv("data list --archived-only --query [].name -o tsv")).toBe("shots");
    await cli.run("data restore -n shots");
    expect(await tsv("data list --query sort([].name) -o tsv")).toBe("calls\nshots");
    expect((await cli.run("data delete -n shots -y")).code).toBe(0);
    expect((await cli.run("data show -n shots --label latest")).code).toBe(3);
  });
});

describe("environment", { timeout: 120_000 }, () => {
  it("is there from the start, or made of a conda file", async () => {
    expect(await tsv("environment show -n sklearn-1.5 --label latest --query name -o tsv")).toBe(
      "sklearn-1.5",
    );
    const conda = "name: x\ndependencies:\n  - python=3.11\n  - pip:\n      - pandas==2.2.3\n";
    await writeFile(join(cli.folder, "conda.yml"), conda);
    const made = await cli.json("environment create -n tables -c conda.yml -i python:3.11-slim");
    expect(made).toMatchObject({ name: "tables", version: "1", image: "python:3.11-slim" });
    expect(made.conda_file).toMatchObject({ dependencies: ["python=3.11", { pip: ["pandas==2.2.3"] }] });
    await cli.run("environment archive -n tables");
    expect(await tsv("environment list --query [?name=='tables'] -o tsv")).toBe("");
  });
});

describe("compute", { timeout: 120_000 }, () => {
  it("is listed, made, changed and deleted", async () => {
    expect(await tsv("compute list --query sort([].name) -o tsv")).toBe("docker\nlocal");
    await cli.run("compute create -n small -t docker --max-instances 1");
    await cli.run("compute update -n small --max-instances 3");
    expect(await tsv("compute show -n small --query [type,max_instances] -o tsv")).toBe("docker\n3");
    expect((await cli.run("compute update -n small --max-instances many")).code).toBe(2);
    expect((await cli.run("compute delete -n small --yes")).code).toBe(0);
    expect((await cli.run("compute show -n small")).code).toBe(3);
  });
});

const mlmodel =
  "flavors:\n  python_function: {loader_module: mlflow.sklearn}\n  sklearn: {sklearn_version: 1.5.2}\n";

describe("model", { timeout: 120_000 }, () => {
  it("is registered from a folder, whose kind is found out", async () => {
    await mkdir(join(cli.folder, "model"));
    await writeFile(join(cli.folder, "model", "MLmodel"), mlmodel);
    const made = await cli.json("model create -n bank -p model --description First");
    expect(made).toMatchObject({ name: "bank", version: "1", type: "mlflow_model", description: "First" });
    await writeFile(join(cli.folder, "model.yml"), "name: bank\npath: model\nstage: production\n");
    expect(await tsv("model create -f model.yml --query [version,stage] -o tsv")).toBe("2\nProduction");
    const shown = await cli.json("model show -n bank -l latest");
    expect(shown).toMatchObject({
      version: "2",
      flavors: { python_function: {}, sklearn: {} },
      job_name: null,
    });
    expect(await tsv("model list -n bank --stage production --query [].version -o tsv")).toBe("2");
    expect(await cli.json("model list")).toMatchObject([{ name: "bank", latest_version: "2" }]);
  });

  it("comes back as it went in", async () => {
    const { stderr } = await cli.run("model download -n bank -v 1 -p back");
    expect(stderr).toBe(`Saved in ${join(cli.folder, "back", "bank")}\n`);
    expect(await readFile(join(cli.folder, "back", "bank", "MLmodel"), "utf8")).toBe(mlmodel);
  });

  it("is changed, put away and deleted", async () => {
    await cli.run("model update -n bank -v 1 --set tags.auc=0.8 stage=archived");
    expect(await tsv("model show -n bank -v 1 --query [tags.auc,stage] -o tsv")).toBe("0.8\nArchived");
    await cli.run("model archive -n bank");
    expect(await cli.json("model list")).toEqual([]);
    await cli.run("model restore -n bank");
    expect((await cli.run("model delete -n bank --yes")).code).toBe(0);
    expect((await cli.run("model show -n bank -v 1")).code).toBe(3);
  });

  it("says what is wrong with what it is made of", async () => {
    const run = await cli.run("model create -n x -p runs:/no_such_run/model");
    expect([run.code, run.stderr]).toEqual([
      1,
      "ERROR: source.path: There is no run “no_such_run” in this workspace.\n",
    ]);
    const stage = await cli.run("model create -n x -p model --stage live");
    expect([stage.code, stage.stderr]).toEqual([
      2,
      "ERROR: --stage: “live” is none of None, Staging, Production, Archived.\n",
    ]);
    expect(await cli.json("model list")).toEqual([]);
  });
});
