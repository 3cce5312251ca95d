import { expect, test } from "vitest";
import type { ComponentDefinition } from "#lib/components/model.ts";
import { groupComponents, searchComponents } from "./search-palette.ts";

const item = (displayName: string, category: string, description = "") =>
  ({
    displayName,
    name: displayName.toLowerCase().replaceAll(" ", "_"),
    category,
    description,
    help: "",
    ref: displayName,
  }) as ComponentDefinition;
const items = [
  item("Train Model", "training"),
  item("Score Model", "scoring", "Uses a trained model"),
  item("Split Data", "transformation", "For train and test"),
];

test("names before descriptions", () => {
  expect(searchComponents(items, "train").map(({ displayName }) => displayName)).toEqual([
    "Train Model",
    "Score Model",
    "Split Data",
  ]);
});

test("the name itself before longer ones with the same words", () => {
  const more = [
    item("Train Anomaly Detection Model", "training"),
    ...items,
    item("Train Model Twice", "training"),
  ];
  expect(
    searchComponents(more, "train model")
      .map(({ displayName }) => displayName)
      .slice(0, 3),
  ).toEqual(["Train Model", "Train Model Twice", "Train Anomaly Detection Model"]);
});

test("every word counts", () => {
  expect(searchComponents(items, "score model")).toHaveLength(1);
  expect(searchComponents(items, "score data")).toHaveLength(0);
});

test("groups in their order, own ones at the end, empty ones not at all", () => {
  const groups = groupComponents(
    items,
    [
      { name: "transformation", title: "T" },
      { name: "none", title: "N" },
      { name: "training", title: "Training" },
    ],
    "",
  );
  expect(groups.map(({ name }) => name)).toEqual(["transformation", "training", "scoring"]);
});
