import { expect, it } from "vitest";
import { readReply, timeParts } from "./read-reply.ts";

it("reads a list of predictions, with or without probabilities", () => {
  expect(readReply({ status: 200, body: '["yes"]' })).toMatchObject({
    label: "yes",
    probabilities: [],
    error: null,
  });
  expect(readReply({ status: 200, body: "[12.5, 3]" }).label).toBe("12.5");
  const sure = readReply({
    status: 200,
    body: '{"predictions":["no"],"probabilities":[[0.9,0.1]],"classes":["no","yes"]}',
  });
  expect(sure.label).toBe("no");
  expect(sure.probabilities).toEqual([
    { name: "no", value: 0.9 },
    { name: "yes", value: 0.1 },
  ]);
});

it("reads the row that a pipeline has scored", () => {
  const two = { age: 39, "Scored Labels": "no", "Scored Probabilities": 0.25 };
  expect(readReply({ status: 200, body: JSON.stringify([two]) })).toMatchObject({
    label: "no",
    probabilities: [{ name: "positive", value: 0.25 }],
  });
  expect(readReply({ status: 200, body: JSON.stringify([two]) }, "yes").probabilities).toEqual([
    { name: "yes", value: 0.25 },
  ]);
  const more = {
    "Scored Labels": "rosa",
    "Scored Probabilities_kama": 0.1,
    "Scored Probabilities_rosa": 0.9,
  };
  expect(readReply({ status: 200, body: JSON.stringify([more]) }).probabilities).toEqual([
    { name: "kama", value: 0.1 },
    { name: "rosa", value: 0.9 },
  ]);
  expect(readReply({ status: 200, body: '[{"Assignments": 2}]' })).toMatchObject({
    label: "2",
    probabilities: [],
  });
});

it("shows what is no single value as it is", () => {
  expect(readReply({ status: 200, body: '[{"a": 1}]' })).toMatchObject({ label: null, error: null });
  expect(readReply({ status: 200, body: "plain text" }).pretty).toBe("plain text");
});

it("gives the sentence of an error", () => {
  expect(readReply({ status: 400, body: '{"message": "age: is missing"}' }).error).toBe("age: is missing");
  const faulty = { message: "age: is missing", data: { issues: [{ path: "age", message: "is missing" }] } };
  expect(readReply({ status: 400, body: JSON.stringify(faulty) }).faultyField).toBe("age");
  expect(readReply({ status: 502, body: "" }).error).toBe("Status 502");
});

it("splits the time without counting any of it twice", () => {
  const timings = [
    { name: "gateway", ms: 1 },
    { name: "queue", ms: 0 },
    { name: "instance", ms: 10 },
    { name: "read", ms: 2 },
    { name: "model", ms: 6 },
    { name: "write", ms: 1 },
  ];
  const parts = timeParts({ timings });
  expect(parts).toEqual([
    { name: "gateway", ms: 2 },
    { name: "read inputs", ms: 2 },
    { name: "model", ms: 6 },
    { name: "write", ms: 1 },
  ]);
  expect(timeParts({ timings: [] })).toEqual([]);
});
