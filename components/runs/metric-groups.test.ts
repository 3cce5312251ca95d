import { expect, it } from "vitest";
import { groupMetrics } from "./metric-groups.ts";

it("puts parts of the data in one chart", () => {
  expect(groupMetrics(["auc", "train_auc", "valid/auc", "f1", "log_loss_val", "val_accuracy"])).toEqual([
    {
      title: "auc",
      keys: [
        { key: "auc", label: "auc" },
        { key: "valid/auc", label: "valid" },
        { key: "train_auc", label: "train" },
      ],
    },
    { title: "f1", keys: [{ key: "f1", label: "f1" }] },
    { title: "log_loss_val", keys: [{ key: "log_loss_val", label: "log_loss_val" }] },
    { title: "val_accuracy", keys: [{ key: "val_accuracy", label: "val_accuracy" }] },
  ]);
});

it("takes no part of a word for a part of the data", () => {
  expect(groupMetrics(["testing", "trainer_steps", "train"]).map((group) => group.title)).toEqual([
    "testing",
    "trainer_steps",
    "train",
  ]);
});
