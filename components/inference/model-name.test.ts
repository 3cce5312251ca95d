import { expect, it } from "vitest";
import { modelNameFor } from "./model-name.ts";

it("names a model after its pipeline, without what the pipeline is for", () => {
  expect(modelNameFor("Term deposits, real-time inference")).toBe("term-deposits");
  expect(modelNameFor("Größe der Körner (2)")).toBe("gro-e-der-ko-rner-2");
  expect(modelNameFor("…")).toBe("pipeline");
});
