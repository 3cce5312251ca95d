import { describe, expect, it } from "vitest";
import { readDocument } from "./document.ts";
import { applyFlags, applySet } from "./set-values.ts";
import { locate } from "./spots.ts";
import { plain } from "./written.ts";

const text = "environment: azureml:e:1\ninputs:\n  lr: 0.1\n  files:\n    - a\n    - {x: 1}\noutputs:\n";

function set(...assignments: string[]) {
  const document = readDocument(text, "job.yml");
  return { document, issues: applySet(document, assignments) };
}

describe("--set", () => {
  it("edits values, makes mappings on the way, and reads JSON where it can", () => {
    const { document, issues } = set(
      "inputs.lr=0.5",
      "inputs.files[0]=b",
      "inputs.files[1].x=[1, 2]",
      "outputs.model.mode=upload",
      'tags={"a": "b"}',
      "display_name=a=b c",
      "resources.instance_count=2",
    );
    expect(issues).toEqual([]);
    expect(plain(document.raw)).toMatchObject({
      inputs: { lr: 0.5, files: ["b", { x: [1, 2] }] },
      outputs: { model: { mode: "upload" } },
      tags: { a: "b" },
      display_name: "a=b c",
      resources: { instance_count: 2 },
    });
    expect(locate(document.spots, ["inputs", "lr"])).toBe("--set inputs.lr");
    expect(locate(document.spots, ["inputs", "files"])).toBe("job.yml:4");
  });

  it("keeps a version as it was typed", () => {
    expect(set("version=1.10").document.raw).toMatchObject({ version: { text: "1.10" } });
  });

  it.each([
    [
      "environment.image=x",
      "environment",
      "environment is the reference “azureml:e:1”, so nothing inside it can be set. Set all of it.",
    ],
    ["inputs.files[7]=x", "inputs.files[7]", "--set found no inputs.files[7] in the file."],
    ["inputs.lr.x=1", "inputs.lr.x", "--set found no inputs.lr in the file."],
    ["novalue", "", "--set takes path=value, such as inputs.rate=0.1."],
    ["a..b=1", "", "--set takes path=value, such as inputs.rate=0.1."],
    ["__proto__.x=1", "", "--set takes path=value, such as inputs.rate=0.1."],
  ])("refuses %s", (assignment, path, message) => {
    expect(set(assignment).issues).toMatchObject([{ path, message }]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("lets flags win over the file", () => {
    const document = readDocument("name: a\nendpoint_name: b\n", "d.yml");
    applyFlags(document, { endpoint_name: "bank", version: undefined });
    expect(document.raw).toEqual({ name: "a", endpoint_name: "bank" });
    expect(locate(document.spots, ["endpoint_name"])).toBe("--endpoint-name");
  });
});
