import { describe, expect, it } from "vitest";
import { textTar } from "#lib/compute/archive.ts";
import { readConda } from "./conda.ts";
import { buildDefinitionOf, checkRequirements } from "./definition.ts";
import { environmentDigest, filesDigest } from "./digest.ts";
import { buildFailure, packageAtFault } from "./failure.ts";
import { lockOf, packagesOf } from "./lock.ts";
import { readNetworkSettings } from "./network-settings.ts";

describe("requirements", () => {
  it("keep packages, markers, addresses and indexes, without comments", () => {
    const lines = [
      "# comment",
      "pandas==2.2.* # why",
      "",
      "uvicorn[standard]>=0.3; python_version<'4'",
      "pkg @ https://host/pkg-1.0.tar.gz#sha256=abc",
      "--extra-index-url https://host/simple",
    ];
    expect(checkRequirements(lines)).toEqual([
      "pandas==2.2.*",
      "uvicorn[standard]>=0.3; python_version<'4'",
      "pkg @ https://host/pkg-1.0.tar.gz#sha256=abc",
      "--extra-index-url https://host/simple",
    ]);
  });

  it.each([
    "-r /etc/passwd",
    "-e .",
    "-c x.txt",
    "--config-settings x",
    "./wheel.whl",
    "../x",
    "/opt/x.whl",
    "pkg @ file:///etc/passwd",
    "--find-links /opt/wheels",
    "-f=./x",
    "~/x",
  ])("refuse what would read this machine: %s", (line) => {
    expect(() => checkRequirements(["six", line])).toThrow(
      expect.objectContaining({
        code: "VALIDATION_FAILED",
        issues: [expect.objectContaining({ path: "requirements[1]" })],
      }),
    );
  });
});

describe("a conda file", () => {
  it("becomes packages of PyPI, with versions as pip writes them", () => {
    const dependencies = [
      "python=3.10",
      "pip",
      "numpy=1.26",
      "conda-forge::scikit-learn=1.5.2=py310h123_0",
      "pytorch>=2.1,<3",
      "pandas 2.2.*",
      "pyarrow==15.0.0",
      { pip: ["mlflow==3.6.*", "azureml-defaults"] },
    ];
    expect(readConda({ name: "x", channels: ["conda-forge"], dependencies })).toEqual({
      python: "3.10",
      requirements: [
        ...[
          "pip",
          "numpy==1.26.*",
          "scikit-learn==1.5.2",
          "torch>=2.1,<3",
          "pandas==2.2.*",
          "pyarrow==15.0.0",
        ],
        ...["mlflow==3.6.*", "azureml-defaults"],
      ],
    });
  });

  it.each(["r-base=4.2", "libgcc-ng", "cudatoolkit=11"])(
    "names the package that PyPI cannot have: %s",
    (entry) => {
      expect(() => readConda({ dependencies: ["numpy", entry] })).toThrow(/“.*” is not a Python package/);
    },
  );

  it("must be one", () => {
    expect(() => readConda({ dependencies: "numpy" })).toThrow(
      expect.objectContaining({ code: "VALIDATION_FAILED" }),
    );
    expect(() => readConda({ dependencies: ["python=2.7"] })).toThrow(/Python 3/);
  });
});

describe("a definition", () => {
  it("is read from the parts of a stored version", () => {
    expect(buildDefinitionOf({ image: "a:1" })).toEqual({ kind: "image", image: "a:1" });
    expect(buildDefinitionOf({ pip: ["six"], image: "a:1" })).toEqual({
      kind: "pip",
      requirements: ["six"],
      image: "a:1",
    });
    expect(buildDefinitionOf({ conda: { dependencies: [] } })).toEqual({
      kind: "conda",
      conda: { dependencies: [] },
    });
    expect(() => buildDefinitionOf({})).toThrow(/image/);
    expect(() => buildDefinitionOf({ pip: [], conda: {} })).toThrow(/conda/);
    expect(packagesOf({ kind: "image", image: "a:1" })).toBeNull();
    expect(packagesOf({ kind: "pip", requirements: ["six"] })).toEqual({
      requirements: ["six"],
      python: "3.11",
    });
  });
});

describe("digests", () => {
  const lock = { text: "b==1\na==2\n", python: "3.11" };
  it("depend on packages, base and Python, not on order or white space", () => {
    const digest = environmentDigest(lock, "sha256:x");
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(environmentDigest({ ...lock, text: "a==2\n\n b==1" }, "sha256:x")).toBe(digest);
    const others = [
      environmentDigest({ ...lock, text: "b==1\na==3\n" }, "sha256:x"),
      environmentDigest(lock, "sha256:y"),
      environmentDigest({ ...lock, python: "3.12" }, "sha256:x"),
    ];
    expect(new Set([digest, ...others]).size).toBe(4);
  });

  it("of files depend on names, places and contents", async () => {
    const of = (files: Record<string, string>, path = "/opt/model") =>
      filesDigest([{ path, open: () => textTar(files) }]);
    const digest = await of({ a: "1", b: "2" });
    expect(await of({ b: "2", a: "1" })).toBe(digest);
    expect(
      new Set([
        digest,
        await of({ a: "1", b: "3" }),
        await of({ a: "1", c: "2" }),
        await of({ a: "1", b: "2" }, "/x"),
      ]).size,
    ).toBe(4);
  });
});

describe("a failure", () => {
  it.each([
    [
      "Because no-such-thing was not found in the package registry and you require no-such-thing",
      "no-such-thing",
    ],
    ["  ╰─▶ Because there is no version of six==99.1 and you require six==99.1", "six"],
    ["error: Failed to build `pycairo==1.26.0`", "pycairo"],
    ["  × Failed to download `scikit-learn==1.5.2`", "scikit-learn"],
    ["error: Failed to fetch: `https://pypi.org/simple/pandas/`", "pandas"],
    ["Because pyyaml==3.10 has no usable wheels", "pyyaml"],
    ["ERROR: No matching distribution found for nope==1", "nope"],
    ["something else", null],
  ])("names the package: %s", (line, name) => {
    expect(packageAtFault(["Resolved 3 packages", line, "hint: more"])).toBe(name);
  });

  it("keeps the last lines", () => {
    const lines = ["error: Failed to build `x==1`", ...Array.from({ length: 40 }, (_, i) => `line ${i}`)];
    const error = buildFailure("The environment could not be built", lines);
    expect(error.userMessage).toMatch(
      /^The environment could not be built: the package “x” is at fault\.\nline 20\n[\s\S]*line 39$/,
    );
    expect(error.details).toMatchObject({ package: "x" });
  });
});

describe("the operator's settings", () => {
  it("reach uv in its own words, without files of this machine", () => {
    const { env, caBundle } = readNetworkSettings({
      PIP_INDEX_URL: "https://host/simple",
      PIP_FIND_LINKS: "/opt/wheels https://host/wheels",
      PIP_DEFAULT_TIMEOUT: "180",
      HTTPS_PROXY: "http://proxy:3128",
      no_proxy: "localhost",
      UV_CACHE_DIR: "/x",
      UV_INDEX_STRATEGY: "first-index",
      DATABASE_URL: "postgres://secret",
      PIP_CERT: "/etc/hosts",
      SSL_CERT_FILE: "/no/such/file",
    });
    expect(env).toEqual({
      PIP_INDEX_URL: "https://host/simple",
      UV_DEFAULT_INDEX: "https://host/simple",
      UV_FIND_LINKS: "https://host/wheels",
      PIP_DEFAULT_TIMEOUT: "180",
      UV_HTTP_TIMEOUT: "180",
      HTTPS_PROXY: "http://proxy:3128",
      no_proxy: "localhost",
      UV_INDEX_STRATEGY: "first-index",
    });
    expect(caBundle).toBe("/etc/hosts");
  });

  it("stay out of the lock, which keeps the indexes that the packages name", () => {
    const packages = { requirements: ["--extra-index-url https://host/simple", "six"], python: "3.11" };
    expect(lockOf(packages, "six==1.17.0\n").text).toBe(
      "--extra-index-url https://host/simple\nsix==1.17.0\n",
    );
  });
});
