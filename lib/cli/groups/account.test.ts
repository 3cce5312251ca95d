import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { person, startTestCli, type TestCli } from "../testing/cli.ts";

let cli: TestCli;

beforeAll(async () => {
  cli = await startTestCli();
});

afterAll(() => cli.close());

const login = (password: string, url = cli.studio.url) =>
  cli.run(["login", "--url", url, "--email", person.email, "--password-stdin"], { stdin: `${password}\n` });

describe("the command line", { timeout: 120_000 }, () => {
  it("answers a wrong line with 2 and a sentence, help with 0", async () => {
    const [unknown, flag, group, help, early] = await Promise.all([
      cli.run("nonsense"),
      cli.run("job list --colour red"),
      cli.run("job"),
      cli.run("job list --help"),
      cli.run("job list"),
    ]);
    expect([unknown.code, flag.code, group.code, help.code, early.code]).toEqual([2, 2, 2, 0, 2]);
    expect(unknown.stderr).toBe("ERROR: unknown command 'nonsense'\nSee “atelier --help”.\n");
    expect(flag.stderr).toContain("unknown option '--colour'\nSee “atelier job list --help”.");
    expect(group.stderr).toContain("start a run");
    expect(help.stdout.indexOf("--parent-job-name")).toBeLessThan(help.stdout.indexOf("--query"));
    expect(early.stderr).toContain("Not signed in");
    expect(unknown.stdout + flag.stdout + group.stdout + early.stdout).toBe("");
  });

  it("answers what scripts ask of other parts of az", async () => {
    const [set, group, storage] = await Promise.all([
      cli.run("account set --subscription x"),
      cli.run("group show -n x --query location -o tsv"),
      cli.run("storage blob upload --file x"),
    ]);
    expect([set.code, group.code, storage.code]).toEqual([0, 0, 1]);
    expect(group.stderr).toContain("Resource groups have no effect here");
    expect(storage.stderr).toContain("atelier data create");
  });

  it("signs in by e-mail and password, and keeps the token from others", async () => {
    const wrong = await login("not hers");
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/^ERROR: \w/);
    const right = await login(person.password, `${cli.studio.url}/lab/runs?tab=all`);
    expect(right.stderr).toBe("");
    expect(JSON.parse(right.stdout)).toEqual({ url: cli.studio.url, user: person.email, name: "Grace" });
    const file = join(cli.configFolder, "config");
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    const token = (await cli.run("account get-access-token --query accessToken -o tsv")).stdout.trim();
    expect(readFileSync(file, "utf8")).toContain(token);
    expect(await cli.json("account show")).toMatchObject({ user: person.email, isAdmin: false });
  });

  it("takes studio and token from the environment before the file", async () => {
    const other = await cli.run("account show", { env: { ATELIER_TOKEN: cli.studio.token } });
    expect(JSON.parse(other.stdout)).toMatchObject({ name: "Ada" });
    const bad = await cli.run("account show", { env: { ATELIER_TOKEN: "revoked" } });
    expect([bad.code, bad.stderr]).toEqual([
      1,
      "ERROR: This token is not known, was revoked or has expired.\n",
    ]);
    const away = await cli.run("account show", {
      env: { ATELIER_TOKEN: "x", ATELIER_URL: "http://127.0.0.1:1" },
    });
    expect([away.code, away.stdout]).toEqual([1, ""]);
    expect(away.stderr).toContain("The studio does not answer");
  });

  it("remembers defaults, and forgets those set to nothing", async () => {
    await cli.run("configure --defaults workspace=a group=b");
    expect(await cli.json("configure --list-defaults")).toEqual([
      { name: "workspace", value: "a" },
      { name: "group", value: "b" },
    ]);
    await cli.run("configure -d workspace=");
    expect((await cli.run("configure -l -o tsv")).stdout).toBe("group\tb\n");
    expect((await cli.run("job list")).stderr).toContain("No workspace.");
  });

  it("prints in the format that the environment or the flag names", async () => {
    const env = { ATELIER_CORE_OUTPUT: "tsv" };
    const query = ["account", "show", "--query", "[name,user]"];
    expect((await cli.run(query, { env })).stdout).toBe(`Grace\n${person.email}\n`);
    expect((await cli.run([...query, "-o", "yaml"], { env })).stdout).toBe(`- Grace\n- ${person.email}\n`);
    expect((await cli.run("account show -o xml")).code).toBe(2);
    expect((await cli.run(["account", "show", "--query", "[?"])).code).toBe(2);
  });

  it("forgets the token when signing out", async () => {
    expect((await cli.run("logout")).code).toBe(0);
    expect((await cli.run("account show")).code).toBe(2);
  });
});
