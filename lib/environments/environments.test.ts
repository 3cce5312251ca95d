import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tasks } from "#db/schema/index.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { definitionDigest } from "./digest.ts";
import { resolveEnvironmentField } from "./resolve.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
});

afterAll(() => studio?.close());

const create = (spec: string | Record<string, unknown>) =>
  studio.api.environments.create({ workspace, spec });
const resolve = (field: Parameters<typeof resolveEnvironmentField>[2]) =>
  resolveEnvironmentField(studio.services.db, studio.workspace.id, field);

describe("an environment", () => {
  it("has versions that say what they are made of", async () => {
    const first = await create("name: tools\npip_file: [requests==2.32.3, '# a comment', pandas]\n");
    expect(first).toMatchObject({ name: "tools", version: "1", type: "pip", curated: false, builds: [] });
    const conda = { name: "c", dependencies: ["python=3.10", "numpy", { pip: ["mlflow"] }] };
    const second = await create({ name: "tools", image: "mcr.example/base:1", conda_file: conda });
    expect(second).toMatchObject({
      version: "2",
      type: "conda",
      definition: { kind: "conda", image: "mcr.example/base:1" },
    });
    const { items } = await studio.api.environments.versions({ workspace, environment: "tools" });
    expect(items.map((item) => item.version)).toEqual(["2", "1"]);
    const latest = await studio.api.environments.get({ workspace, environment: "tools", version: "@latest" });
    expect(latest.version).toBe("2");
  });

  it("is refused when it can never be built", async () => {
    await expect(create({ name: "bad", pip_file: ["-r other.txt"] })).rejects.toMatchObject({ status: 400 });
    await expect(create({ name: "bad", pip_file: ["./mine.whl"] })).rejects.toMatchObject({ status: 400 });
    await expect(create({ name: "bad", build: { path: "azureml:x:1" } })).rejects.toMatchObject({
      status: 400,
    });
    await expect(create({ name: "bad" })).rejects.toMatchObject({ status: 400 });
  });

  it("is found by reference, label, or as it stands in the job", async () => {
    expect(await resolve("azureml:tools:1")).toMatchObject({
      name: "tools:1",
      versionId: expect.any(String),
    });
    expect(await resolve("azureml:tools@latest")).toMatchObject({ name: "tools:2" });
    expect(await resolve({ image: "x:1", os_type: "linux" })).toMatchObject({
      name: "x:1",
      versionId: null,
      definition: { kind: "image", image: "x:1" },
    });
    await expect(resolve("azureml:tools:9")).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });

  it("has the same digest for the same packages, whatever is around them", () => {
    const pip = (requirements: string[]) => definitionDigest({ kind: "pip", requirements });
    expect(pip(["a==1", "b"])).toBe(pip(["a==1  # why", "", "b"]));
    expect(pip(["a==1", "b"])).not.toBe(pip(["a==2", "b"]));
    const conda = (conda: Record<string, unknown>) => definitionDigest({ kind: "conda", conda });
    expect(conda({ name: "x", dependencies: ["a"] })).toBe(conda({ dependencies: ["a"], name: "x" }));
  });

  it("leaves the lists and comes back", async () => {
    const listed = async () =>
      (await studio.api.environments.list({ workspace })).items.map((item) => item.name);
    expect(await listed()).toEqual(["sklearn-1.5", "designer-1", "tools"]);
    await studio.api.environments.archive({ workspace, environment: "tools" });
    expect(await listed()).toEqual(["sklearn-1.5", "designer-1"]);
    await studio.api.environments.archive({ workspace, environment: "tools", archived: false });
    expect(await listed()).toEqual(["sklearn-1.5", "designer-1", "tools"]);
  });
});

describe("an environment that ships", () => {
  it("is in every workspace, and goes by its vendor's names", async () => {
    const own = await studio.api.environments.get({ workspace, environment: "sklearn-1.5", version: "1" });
    expect(own).toMatchObject({ curated: true, labels: ["latest"] });
    for (const name of [
      "azureml:sklearn-1.5@latest",
      "azureml:sklearn-1.5:1",
      "azureml://registries/azureml/environments/sklearn-1.5/labels/latest",
      "azureml://registries/azureml/environments/sklearn-1.5/versions/33",
      "azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu@latest",
    ]) {
      expect(await resolve(name)).toMatchObject({ name: "sklearn-1.5", digest: own.digest, versionId: null });
    }
  });

  it("cannot be changed or taken", async () => {
    await expect(create({ name: "sklearn-1.5", pip_file: ["x"] })).rejects.toMatchObject({ status: 409 });
    const gone = studio.api.environments.archive({ workspace, environment: "sklearn-1.5" });
    await expect(gone).rejects.toMatchObject({ status: 409 });
  });

  it("is built ahead when somebody asks, once however often", async () => {
    const ask = () =>
      studio.api.environments.build({ workspace, environment: "sklearn-1.5", version: "@latest" });
    await ask();
    await ask();
    const found = await studio.services.db.select().from(tasks);
    expect(found.map((task) => task.kind)).toEqual(["environment-build"]);
  });
});
