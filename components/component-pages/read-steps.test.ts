import { expect, it } from "vitest";
import { readSteps } from "./read-steps.ts";

it("the steps of a pipeline component are what they run and what they come after", () => {
  const rows = readSteps({
    jobs: {
      fit: {
        command: " python fit.py\n",
        inputs: { a: "${{parent.jobs.clean.outputs.x}}", b: { path: "${{parent.jobs.learn.outputs.y}}" } },
      },
      learn: { component: "azureml://registries/atelier/components/train_model" },
      clean: { component: "azureml:tidy:2", inputs: { raw: "${{parent.inputs.raw}}" } },
    },
  });
  expect(rows).toEqual([
    { name: "clean", component: { name: "tidy", version: "2" }, command: "", needs: [] },
    { name: "learn", component: { name: "train_model", version: null }, command: "", needs: [] },
    { name: "fit", component: null, command: "python fit.py", needs: ["clean", "learn"] },
  ]);
});
