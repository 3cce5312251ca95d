import { expect, it } from "vitest";
import type { PipelineInput } from "#lib/pipelines/model.ts";
import { describeInput, exampleInputs, readInputs } from "./input-values.ts";

const inputs: Record<string, PipelineInput> = {
  bank: { kind: "data", type: "uri_file", path: "azureml:bank@latest", optional: false },
  rate: { kind: "literal", type: "number", value: 0.1, optional: false, min: 0, max: 1 },
  trees: { kind: "literal", type: "integer", value: 100, optional: false },
  shuffle: { kind: "literal", type: "boolean", value: true, optional: false },
  region: { kind: "literal", type: "string", optional: false },
  note: { kind: "literal", type: "string", optional: true },
};

it("sends what differs from the pipeline's own values, as its type", () => {
  expect(readInputs(inputs, { rate: "0.2", trees: "100", shuffle: "false", region: "north" })).toEqual({
    values: { rate: 0.2, shuffle: false, region: "north" },
    faults: {},
  });
  expect(readInputs(inputs, { bank: "azureml:bank:3", region: "north" }).values).toEqual({
    bank: "azureml:bank:3",
    region: "north",
  });
});

it("says what to enter where a value is missing or of another type", () => {
  expect(readInputs(inputs, { trees: "1.5", rate: "much", shuffle: "maybe" })).toEqual({
    values: {},
    faults: {
      trees: "Enter a whole number",
      rate: "Enter a number",
      shuffle: "Enter true or false",
      region: "Needs a value",
    },
  });
});

it("shows a call with every input that needs a value", () => {
  expect(exampleInputs(inputs)).toEqual({
    bank: "azureml:bank@latest",
    rate: 0.1,
    trees: 100,
    shuffle: true,
    region: "",
  });
});

it("says what an input asks for", () => {
  expect(Object.values(inputs).map(describeInput)).toEqual([
    "uri file",
    "number, 0 to 1",
    "integer",
    "boolean",
    "string",
    "string",
  ]);
});
