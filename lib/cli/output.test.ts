import { describe, expect, it } from "vitest";
import { UsageError } from "./errors.ts";
import { applyQuery, formatResult } from "./output.ts";

const runs = [
  { id: "azureml://jobs/a", type: "command", name: "a", status: "Completed", tags: { by: "me" } },
  { id: "azureml://jobs/b", type: "command", name: "b", status: "Failed", tags: {} },
];

describe("applyQuery", () => {
  it("answers as JMESPath does, keeping the order of the fields that were asked for", () => {
    expect(applyQuery(runs, "[?status=='Failed'].{Run:name,Kind:type}")).toEqual([
      { Run: "b", Kind: "command" },
    ]);
    expect(applyQuery(runs, "[].name")).toEqual(["a", "b"]);
    expect(applyQuery(runs, "[0].tags.by")).toBe("me");
    expect(applyQuery(runs, "[0].nothing")).toBeNull();
    expect(applyQuery(runs, undefined)).toBe(runs);
  });

  it("calls a wrong expression a wrong command line", () => {
    expect(() => applyQuery(runs, "[?")).toThrow(UsageError);
  });
});

describe("formatResult", () => {
  it("prints values only as tsv", () => {
    expect(formatResult(["a", "b"], "tsv")).toBe("a\nb");
    expect(formatResult("Completed", "tsv")).toBe("Completed");
    expect(
      formatResult(
        [
          { a: 1, b: true, c: null },
          { a: 2, b: false, c: "x y" },
        ],
        "tsv",
      ),
    ).toBe("1\ttrue\t\n2\tfalse\tx y");
    expect(formatResult([["a", 1], ["b"]], "tsv")).toBe("a\t1\nb");
  });

  it("prints flat fields as a table, the name first and without the id", () => {
    expect(formatResult(runs, "table")).toBe(
      [
        "Name  Status     Type",
        "----  ---------  -------",
        "a     Completed  command",
        "b     Failed     command",
      ].join("\n"),
    );
  });

  it("leaves out of a table what no row has", () => {
    const rows = [
      { name: "a", error: null, description: "" },
      { name: "b", error: null, description: "Good" },
    ];
    expect(formatResult(rows, "table").split("\n")[0]).toBe("Name  Description");
  });

  it("leaves the columns of a query as they were asked for", () => {
    const chosen = applyQuery(runs, "[].{id:id,Name:name}");
    expect(formatResult(chosen, "table", true).split("\n")[0]).toBe("Id                Name");
  });

  it("prints JSON, YAML, or nothing", () => {
    expect(formatResult({ a: [1] }, "json")).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(formatResult({ a: [1], b: "yes" }, "yaml")).toBe("a:\n  - 1\nb: yes");
    expect(formatResult({ a: 1 }, "none")).toBe("");
    expect(formatResult(undefined, "json")).toBe("");
  });
});
