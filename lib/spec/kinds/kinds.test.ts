import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { loadSpecText, loadSpecValue } from "../load-text.ts";
import { describeIssue } from "../validate.ts";
import { sizeMib } from "./compute.ts";
import type { SpecKind } from "./registry.ts";

function load(text: string, kind?: SpecKind) {
  return loadSpecText(text, { ...(kind ? { kind } : {}), fileName: "f.yml" });
}

function problems(text: string, kind?: SpecKind): string[] {
  try {
    load(text, kind);
  } catch (error) {
    if (isAppError(error)) return error.issues.map((issue) => `${issue.location} ${describeIssue(issue)}`);
    throw error;
  }
  return [];
}

describe("an environment", () => {
  it("lists packages by pip, or names a build folder, or serves", () => {
    expect(
      load("name: e\nversion: 1.10\npip_file: [scikit-learn==1.5, pandas]\n", "environment").spec,
    ).toEqual({
      name: "e",
      version: "1.10",
      pip_file: ["scikit-learn==1.5", "pandas"],
      os_type: "linux",
    });
    const route = "{path: /, port: 5001}";
    const serving = `name: e\nimage: i\ninference_config:\n  liveness_route: ${route}\n  readiness_route: ${route}\n  scoring_route: {path: /score, port: 5001}\n`;
    expect(load(serving, "environment").spec).toMatchObject({
      inference_config: { scoring_route: { path: "/score", port: 5001 } },
    });
  });

  it("says what does not fit together", () => {
    expect(
      problems(
        "name: e\nimage: i\nbuild: {path: 'azureml://codes/x/versions/1'}\nos_type: Windows\n",
        "environment",
      ),
    ).toEqual([
      "f.yml:2 image stands beside build, which makes the whole image. Take one of them out.",
      "f.yml:4 os_type: Only linux environments run here.",
    ]);
    expect(problems("name: e\nimage: i\nconda_file: conda.yml\n", "environment")).toEqual([
      "f.yml:3 conda_file names the file “conda.yml”, which cannot be read from here. Put its content in its place.",
    ]);
    expect(
      problems("name: e\nconda_file:\n  dependencies:\n    - a\n    - {pip: a}\n", "environment"),
    ).toEqual(["f.yml:5 conda_file.dependencies[1].pip must be a list."]);
    expect(problems("image: i\n", "environment")).toEqual(["f.yml:1 name is required."]);
  });
});

describe("data and models", () => {
  it("take defaults, and drop what show printed", () => {
    expect(
      load("name: bank\npath: azureml://datastores/blob/paths/bank/\nid: x\ncreation_context: {}\n", "data")
        .spec,
    ).toEqual({
      name: "bank",
      type: "uri_folder",
      path: "azureml://datastores/blob/paths/bank/",
    });
    const model =
      "name: m\nversion: 3\npath: azureml://jobs/r/outputs/artifacts/paths/model/\njob_name: r\nflavors:\n  sklearn: {version: 1.50}\n";
    expect(load(model, "model").spec).toEqual({
      name: "m",
      version: "3",
      path: "azureml://jobs/r/outputs/artifacts/paths/model/",
      flavors: { sklearn: { version: 1.5 } },
    });
  });

  it("refuse local paths where there are no files, and bad names", () => {
    expect(problems("name: bad name\ntype: uri_file\npath: ./bank.csv\n", "data")).toEqual([
      "f.yml:1 name must be made of letters, digits, dots, dashes and underscores.",
      "f.yml:3 path names “./bank.csv” on your machine, which cannot be read from here. Upload it first.",
    ]);
    expect(problems("name: m\n", "model")).toEqual(["f.yml:1 path is required."]);
  });
});

describe("compute", () => {
  it("is a cluster of the vendor's words, or one of ours", () => {
    expect(
      load(
        "name: cpu-cluster\ntype: amlcompute\nsize: STANDARD_DS3_v2\nmax_instances: 2\nprovisioning_state: Succeeded\n",
      ).spec,
    ).toEqual({
      type: "amlcompute",
      name: "cpu-cluster",
      size: "STANDARD_DS3_v2",
      tier: "dedicated",
      min_instances: 0,
      max_instances: 2,
      idle_time_before_scale_down: 120,
    });
    expect(load("name: box\ntype: Docker\ncpus: 2\nmemory: 4g\n").spec).toEqual({
      type: "docker",
      name: "box",
      max_instances: 1,
      cpus: 2,
      memory: "4g",
    });
    expect(load("name: here\ntype: local\n").spec).toEqual({ type: "local", name: "here", max_instances: 1 });
  });

  it("says what it is not", () => {
    expect(problems("name: c\ntype: kubernetes\n")).toEqual([
      "f.yml:2 type kubernetes is not supported yet. Use amlcompute, docker or local.",
    ]);
    expect(problems("name: c\ntype: doker\n", "compute")).toEqual([
      "f.yml:2 type must be one of amlcompute, docker, local. Did you mean “docker”?",
    ]);
    expect(problems("name: c\n", "compute")).toEqual(["f.yml:1 type is required."]);
    expect(problems("name: c\ntype: amlcompute\nmin_instances: 3\n")).toEqual([
      "f.yml:3 min_instances must be 1 or less, the number in max_instances.",
    ]);
    expect(problems("name: c\ntype: docker\nsize: big\n")).toEqual(["f.yml:3 size is not a known key."]);
  });

  it.each([
    ["512m", 512],
    ["4g", 4096],
    ["4G", 4096],
    ["1048576", 1],
    ["1536k", 2],
    ["1b", 1],
  ])("a size of %s is %d MiB", (text, mib) => {
    expect(sizeMib(text)).toBe(mib);
  });
});

describe("online endpoints and deployments", () => {
  it("take their defaults", () => {
    expect(
      load("name: bank\ntraffic: {blue: 90, green: 10}\nscoring_uri: http://x\n", "online-endpoint").spec,
    ).toEqual({
      name: "bank",
      auth_mode: "key",
      traffic: { blue: 90, green: 10 },
      public_network_access: "enabled",
    });
    const text =
      "name: blue\nendpoint_name: bank\nmodel: azureml:bank-model@latest\nrequest_settings: {request_timeout_ms: 60000}\nliveness_probe: {}\nscale_settings: {type: Default}\n";
    expect(load(text, "online-deployment").spec).toEqual({
      name: "blue",
      endpoint_name: "bank",
      type: "managed",
      model: "azureml:bank-model@latest",
      instance_count: 1,
      scale_settings: { type: "default" },
      request_settings: {
        request_timeout_ms: 60_000,
        max_concurrent_requests_per_instance: 1,
        max_queue_wait_ms: 500,
      },
      liveness_probe: {
        initial_delay: 10,
        period: 10,
        timeout: 2,
        success_threshold: 1,
        failure_threshold: 30,
      },
    });
  });

  it("takes the endpoint from a flag", () => {
    const { spec } = loadSpecText("name: blue\nmodel: azureml:m:1\n", {
      kind: "online-deployment",
      flags: { endpoint_name: "bank" },
    });
    expect(spec.endpoint_name).toBe("bank");
  });

  it("says what is wrong", () => {
    expect(problems("name: 1x\nauth_mode: Password\ntraffic: {a: 50, b: 101}\n", "online-endpoint")).toEqual([
      "f.yml:1 name must have 3 characters or more.",
      "f.yml:1 name must be letters, digits and dashes, and start with a letter.",
      "f.yml:2 auth_mode must be one of key, aml_token, aad_token.",
      "f.yml:3 traffic.b must be 100 or less.",
    ]);
    expect(
      problems("name: bank\ntraffic: {a: 50, b: 20}\nmirror_traffic: {a: 1, b: 2}\n", "online-endpoint"),
    ).toEqual([
      "f.yml:2 traffic adds up to 70 %. It must be 100, or 0 for no traffic at all.",
      "f.yml:3 mirror_traffic names 2 deployments. One at most gets a copy.",
    ]);
    expect(
      problems(
        "name: blue\nendpoint_name: bank\ncode_configuration: {code: 'azureml://codes/x/versions/1', scoring_script: score.py}\n",
        "online-deployment",
      ),
    ).toEqual([
      "f.yml:1 environment is required, since a scoring script needs packages to run with.",
      "f.yml:1 model is required, unless an environment of its own holds the model.",
    ]);
    expect(
      problems(
        "name: blue\nendpoint_name: bank\nmodel: ./model\nreadiness_probe: {delay: 1}\n",
        "online-deployment",
      ),
    ).toEqual([
      "f.yml:3 model “./model” is no reference. Write model: {path: ./model} for a folder.",
      "f.yml:4 readiness_probe.delay is not a known key.",
    ]);
  });
});

describe("a workspace", () => {
  it("keeps what has no effect here, and says so", () => {
    const loaded = load(
      "name: w\nlocation: westus\nhbi_workspace: false\nmanaged_network: {isolation_mode: disabled}\n",
      "workspace",
    );
    expect(loaded.spec).toMatchObject({ location: "westus", hbi_workspace: false });
    expect(loaded.warnings.map(({ path, location }) => `${path} ${location}`)).toEqual([
      "location f.yml:2",
      "hbi_workspace f.yml:3",
      "managed_network f.yml:4",
    ]);
  });
});

describe("loadSpecValue", () => {
  it("checks a body that never was a file, without touching it", () => {
    const body = { command: "echo ${{inputs.n}}", environment: "azureml:e:1", inputs: { n: 1.5 } };
    const loaded = loadSpecValue(body, { kind: "job", set: ["inputs.n=2"] });
    expect(loaded.spec.inputs).toEqual({ n: { type: "literal", value: 2, text: "2" } });
    expect(body.inputs.n).toBe(1.5);
    expect(() =>
      loadSpecValue({ command: "x", environment: "azureml:e:1", constructor: 1 }, { kind: "job" }),
    ).toThrow("constructor is not a known key.");
  });
});
