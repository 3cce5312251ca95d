import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { listCodeFiles } from "./ignore.ts";
import { loadSpecFile, validateSpecFile } from "./load.ts";
import { replaceAt } from "./paths.ts";

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "atelier-spec-"));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

const files = {
  "jobs/job.yml": `code: ../src
command: python train.py --data \${{inputs.bank}} --all \${{inputs.raw}}
inputs:
  bank: {type: uri_file, path: ../data/bank.csv}
  raw: {path: "file:../data"}
  remote: {type: uri_file, path: azureml:bank:1}
  word: ./just-text
environment: file:../envs/env.yml
`,
  "envs/env.yml":
    "$schema: https://x/environment.schema.json\nname: e\nimage: base\nconda_file: conda/conda.yml\n",
  "envs/conda/conda.yml":
    "channels: [conda-forge]\ndependencies:\n  - python=3.11\n  - pip: [scikit-learn==1.5]\n",
  "src/train.py": "print(1)\n",
  "data/bank.csv": "a,b\n1,2\n",
};

/** Errors as `file:line path: message`, the folder of the test taken away. */
async function errorsOf(file: string, options = {}): Promise<string[]> {
  const { errors } = await validateSpecFile(join(root, file), options);
  return errors.map(({ location, path, message }) =>
    `${location} ${path}: ${message}`.replaceAll(`${root}/`, ""),
  );
}

describe("loadSpecFile", () => {
  it("reads what lies beside the file, and lists what has to be uploaded", async () => {
    await write(files);
    const { kind, spec, locals } = await loadSpecFile(join(root, "jobs/job.yml"));
    expect(kind).toBe("job");
    expect(locals).toEqual([
      { path: ["code"], purpose: "code", written: "../src", absolutePath: join(root, "src"), isFolder: true },
      {
        path: ["inputs", "bank", "path"],
        purpose: "input",
        written: "../data/bank.csv",
        absolutePath: join(root, "data/bank.csv"),
        isFolder: false,
      },
      {
        path: ["inputs", "raw", "path"],
        purpose: "input",
        written: "file:../data",
        absolutePath: join(root, "data"),
        isFolder: true,
      },
    ]);
    expect(spec).toMatchObject({
      environment: {
        name: "e",
        image: "base",
        conda_file: {
          channels: ["conda-forge"],
          dependencies: ["python=3.11", { pip: ["scikit-learn==1.5"] }],
        },
      },
      inputs: { word: { type: "literal", value: "./just-text" } },
    });
    expect(replaceAt(spec, ["inputs", "bank", "path"], "azureml:bank:2")).toMatchObject({
      code: "../src",
      inputs: { bank: { type: "uri_file", path: "azureml:bank:2" }, word: { value: "./just-text" } },
    });
  });

  it("names the file and line inside the file that is wrong", async () => {
    await write({
      ...files,
      "envs/env.yml": "name: e\nimage: base\nimagee: x\nconda_file: conda/conda.yml\n",
      "envs/conda/conda.yml": "channels: [a]\n\ndependencies:\n  - {pipp: [a]}\n",
    });
    expect(await errorsOf("jobs/job.yml")).toEqual([
      "envs/conda/conda.yml:4 environment.conda_file.dependencies[0].pip: is required.",
      "envs/conda/conda.yml:4 environment.conda_file.dependencies[0].pipp: is not a known key. Did you mean “pip”?",
      "envs/env.yml:3 environment.imagee: is not a known key. Did you mean “image”?",
    ]);
    await write({ "envs/conda/conda.yml": "a: [\n" });
    expect((await errorsOf("jobs/job.yml")).at(-1)).toMatch(
      /^envs\/conda\/conda\.yml:2 .*A \[ above is not closed: \] is missing/,
    );
  });

  it("says which local paths are missing or of the wrong sort", async () => {
    await write({
      "job.yml": `code: srcc
command: run
inputs:
  a: {type: uri_folder, path: bank.csv}
  b: {type: uri_file, path: data}
environment: {image: base, conda_file: none.yml}
`,
      "bank.csv": "a\n",
      "data/x": "y",
    });
    expect(await errorsOf("job.yml")).toEqual([
      "job.yml:1 code: “srcc” does not exist. It was looked for at srcc.",
      "job.yml:4 inputs.a.path: “bank.csv” is a file, and a folder is expected. For one file, set type: uri_file.",
      "job.yml:5 inputs.b.path: “data” is a folder, and a file is expected. For a folder, set type: uri_folder.",
      "job.yml:6 environment.conda_file: “none.yml” does not exist. It was looked for at none.yml.",
    ]);
  });

  it("applies --set before anything else", async () => {
    await write(files);
    const path = join(root, "jobs/job.yml");
    const { spec, locals } = await loadSpecFile(path, {
      kind: "job",
      set: ["inputs.word=3", "environment=azureml:e:1", "inputs.raw.path=../src", "display_name=mine"],
    });
    expect(spec).toMatchObject({
      environment: "azureml:e:1",
      display_name: "mine",
      inputs: { word: { value: 3 } },
    });
    expect(locals.map(({ absolutePath }) => absolutePath)).toContain(join(root, "src"));
    expect(await errorsOf("jobs/job.yml", { set: ["limits.timeout=0", "code=nowhere"] })).toEqual([
      "--set limits.timeout limits.timeout: must be 1 or more.",
      "--set code code: “nowhere” does not exist. It was looked for at jobs/nowhere.",
    ]);
  });

  it("reads the packages of a pip file", async () => {
    await write({
      "env.yml": "name: e\npip_file: requirements.txt\n",
      "requirements.txt":
        "# ours\nscikit-learn==1.5  # pinned\n\npandas>=2, \\\n  <3\n--index-url https://host/simple\n",
    });
    const { spec } = await loadSpecFile(join(root, "env.yml"), { kind: "environment" });
    expect(spec.pip_file).toEqual([
      "scikit-learn==1.5",
      "pandas>=2,   <3",
      "--index-url https://host/simple",
    ]);
    await write({ "requirements.txt": "a\n-r more.txt\n" });
    expect(await errorsOf("env.yml")).toEqual([
      "requirements.txt:2 pip_file: “-r more.txt” points to another file, which the build does not have. List the packages here.",
    ]);
  });

  it("finds data, models and the parts of a deployment beside their files", async () => {
    await write({
      "data.yml": "name: bank\ntype: uri_file\npath: bank.csv\n",
      "bank.csv": "a\n",
      "deployment.yml":
        "name: blue\nendpoint_name: bank\nmodel: {path: model}\ncode_configuration: {code: src, scoring_script: score.py}\nenvironment: env.yml\n",
      "env.yml": "image: base\nbuild: {path: image}\n",
      "model/MLmodel": "x",
      "src/score.py": "x",
    });
    const data = await loadSpecFile(join(root, "data.yml"));
    expect(data).toMatchObject({
      kind: "data",
      locals: [{ path: ["path"], purpose: "data", isFolder: false }],
    });
    expect(await errorsOf("deployment.yml")).toEqual([
      "env.yml:1 environment.image: stands beside build, which makes the whole image. Take one of them out.",
      "env.yml:2 environment.build.path: “image” does not exist. It was looked for at image.",
    ]);
  });

  it("answers validate in one shape, and says when the file itself is missing", async () => {
    await write(files);
    expect(await validateSpecFile(join(root, "jobs/job.yml"))).toEqual({
      result: "Succeeded",
      errors: [],
      warnings: [],
    });
    expect(await validateSpecFile(join(root, "jobs/job.yml"), { set: ["command="] })).toMatchObject({
      result: "Failed",
      errors: [{ path: "command", message: "must not be empty.", value: "", location: "--set command" }],
    });
    await expect(loadSpecFile(join(root, "none.yml"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("listCodeFiles", () => {
  const paths = async (folder: string) =>
    (await listCodeFiles(join(root, folder))).files.map(({ path }) => path);

  it("obeys .amlignore, else .gitignore, never both, and drops .git", async () => {
    await write({
      "src/train.py": "print(1)\n",
      "src/.git/config": "x",
      "src/sub/.git/config": "x",
      "src/.gitignore": "*.log\n",
      "src/a.log": "x",
      "src/data/big.csv": "x",
      "src/data/keep.csv": "y",
      "src/sub/b.py": "x",
      "src/sub/.gitignore": "b.py\n",
    });
    expect(await paths("src")).toEqual([
      ".gitignore",
      "data/big.csv",
      "data/keep.csv",
      "sub/.gitignore",
      "sub/b.py",
      "train.py",
    ]);
    await write({ "src/.amlignore": "data/*\n!data/keep.csv\n/sub/\n" });
    const listing = await listCodeFiles(join(root, "src"));
    expect(listing.files.map(({ path }) => path)).toEqual([
      ".amlignore",
      ".gitignore",
      "a.log",
      "data/keep.csv",
      "train.py",
    ]);
    expect(listing).toMatchObject({ count: 5, ignoreFile: ".amlignore" });
    expect(listing.totalBytes).toBe(listing.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(listing.files.at(-1)).toMatchObject({
      sizeBytes: 9,
      isExecutable: false,
      absolutePath: join(root, "src/train.py"),
    });
  });

  it("follows links inside the folder, and refuses those that leave it, dangle or turn in a circle", async () => {
    await write({ "src/lib/a.py": "x", "secret.txt": "s", "srcs/b.py": "x" });
    await symlink("lib", join(root, "src/alias"));
    await symlink("lib/a.py", join(root, "src/a.py"));
    expect(await paths("src")).toEqual(["a.py", "alias/a.py", "lib/a.py"]);
    for (const [target, message] of [
      ["../secret.txt", "The link bad leaves the code folder"],
      ["../srcs", "The link bad leaves the code folder"],
      ["/etc/passwd", "The link bad leaves the code folder, to /etc/passwd."],
      ["nowhere", "The link bad leads nowhere."],
      [".", "The link bad leads back to the folder itself."],
    ] as const) {
      await symlink(target, join(root, "src/bad"));
      await expect(paths("src")).rejects.toThrow(message);
      await rm(join(root, "src/bad"));
    }
    await rm(join(root, "src/alias"));
    await symlink("../..", join(root, "src/lib/up"));
    await expect(paths("src")).rejects.toThrow("The link lib/up leaves the code folder");
    await write({ "src/.amlignore": "up\n" });
    expect(await paths("src")).toContain("lib/a.py");
  });

  it("takes a single file, stops at too many, and says when there is nothing", async () => {
    await write({ "src/a.py": "xy", "src/b.py": "", "src/c.py": "" });
    expect(await listCodeFiles(join(root, "src/a.py"))).toMatchObject({
      count: 1,
      totalBytes: 2,
      files: [{ path: "a.py" }],
    });
    await expect(listCodeFiles(join(root, "src"), { maxFiles: 2 })).rejects.toThrow("more than 2 files");
    const missing = await listCodeFiles(join(root, "none")).catch((error: unknown) => error);
    expect(isAppError(missing) && missing.code).toBe("NOT_FOUND");
  });
});
