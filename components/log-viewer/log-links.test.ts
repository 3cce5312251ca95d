import { expect, it } from "vitest";
import { splitLinks } from "./log-links.ts";

it("finds addresses, without what only ends the sentence", () => {
  expect(splitLinks("see https://scikit-learn.org/stable/a.html#x, (http://x.y/z) and go on")).toEqual([
    { text: "see " },
    { text: "https://scikit-learn.org/stable/a.html#x", href: "https://scikit-learn.org/stable/a.html#x" },
    { text: ", (" },
    { text: "http://x.y/z", href: "http://x.y/z" },
    { text: ") and go on" },
  ]);
  expect(splitLinks("loss 0.5")).toEqual([{ text: "loss 0.5" }]);
  expect(splitLinks("")).toEqual([]);
});

it("leads what MLflow printed inside a run to the studio that is looked at", () => {
  const printed = "http://host.docker.internal:3000/mlflow/growth/#/experiments/1/runs/keen_plum";
  expect(splitLinks(`View run at: ${printed}`)[1]).toEqual({
    text: printed,
    href: "/mlflow/growth/#/experiments/1/runs/keen_plum",
  });
});
