import { expect, it } from "vitest";
import { exampleValues, readForm, readInputSchema } from "./schema-fields.ts";

const split = { properties: { columns: { items: { enum: ["age", "job", "rate", "member"] } } } };

const openapi = {
  paths: {
    "/score": {
      post: {
        requestBody: {
          content: {
            "application/json": {
              schema: { properties: { input_data: { oneOf: [split, {}] } } },
              example: { input_data: { columns: ["age", "job", "rate"], data: [[31, "clerk", 1.5]] } },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Row: {
        properties: {
          job: { type: "string" },
          member: { type: "boolean" },
          rate: { type: "number" },
          age: { type: "integer", format: "int64" },
        },
        required: ["age", "job", "rate"],
      },
    },
  },
  "x-classes": ["no", "yes"],
};

it("reads the fields of a table and the values of its example", () => {
  const schema = readInputSchema(openapi);
  expect(schema.fields?.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ["age", "integer", true],
    ["job", "text", true],
    ["rate", "number", true],
    ["member", "boolean", false],
  ]);
  expect(schema.classes).toEqual(["no", "yes"]);
  expect(exampleValues(schema)).toEqual({ age: "31", job: "clerk", rate: "1.5", member: "" });
});

it("reads what a pipeline tells beyond its signature", () => {
  const { Row } = openapi.components.schemas;
  const job = { type: "string", "x-values": ["clerk", "nurse"] };
  const schema = readInputSchema({
    ...openapi,
    components: { schemas: { Row: { ...Row, properties: { ...Row.properties, job } } } },
    "x-scores": { positive: "yes", threshold: 0.23 },
  });
  expect(schema.fields?.map(({ values }) => values)).toEqual([
    undefined,
    ["clerk", "nurse"],
    undefined,
    undefined,
  ]);
  expect(schema.scores).toEqual({ positive: "yes", threshold: 0.23 });
  expect(readInputSchema(openapi).scores).toBeNull();
});

it("writes the columns of the example before its rows", () => {
  const stored = {
    paths: {
      "/score": {
        post: {
          requestBody: {
            content: { "application/json": { example: { input_data: { data: [[1]], columns: ["a"] } } } },
          },
        },
      },
    },
  };
  expect(JSON.stringify(readInputSchema(stored).example)).toBe(
    '{"input_data":{"columns":["a"],"data":[[1]]}}',
  );
});

it("has no form for arrays, nested values and scripts", () => {
  expect(readInputSchema({ components: { schemas: {} } }).fields).toBeNull();
  expect(readInputSchema(null).fields).toBeNull();
  const nested = { components: { schemas: { Row: { properties: { a: { type: "array" } } } } } };
  expect(readInputSchema(nested).fields).toBeNull();
});

it("makes the body of what was typed", () => {
  const { fields } = readInputSchema(openapi);
  const { body, faults } = readForm(fields ?? [], { age: "40", job: "nurse", rate: "−2", member: "" });
  expect(faults).toEqual({});
  expect(JSON.parse(body)).toEqual({
    input_data: { columns: ["age", "job", "rate"], data: [[40, "nurse", -2]] },
  });
  const missing = readForm(fields ?? [], { age: "40", job: "", rate: "", member: "true" });
  expect(JSON.parse(missing.body).input_data.data).toEqual([[40, "", null, true]]);
});

it("says what each faulty field needs", () => {
  const { fields } = readInputSchema(openapi);
  expect(readForm(fields ?? [], { age: "1.5", job: "x", rate: "much" }).faults).toEqual({
    age: "Needs a whole number",
    rate: "Needs a number",
  });
  expect(readForm(fields ?? [], { age: "", job: "x", rate: "1" }).faults).toEqual({ age: "Needs a value" });
});
