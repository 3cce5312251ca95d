import { expect, it } from "vitest";
import { findModelFolders } from "./model-folders.ts";

it("finds the folders that hold an MLmodel, the nearest first", () => {
  const paths = ["model/sub/MLmodel", "model/MLmodel", "model/model.pkl", "notes/MLmodel.txt"];
  expect(findModelFolders("artifacts", paths)).toEqual([
    { of: "artifacts", path: "model", label: "model" },
    { of: "artifacts", path: "model/sub", label: "model/sub" },
  ]);
});

it("takes an output that is a model as a whole", () => {
  expect(findModelFolders("outputs.trained", ["MLmodel", "model.pkl"])).toEqual([
    { of: "outputs.trained", path: "", label: "output trained" },
  ]);
});
