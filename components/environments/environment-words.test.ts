import { expect, it } from "vitest";
import { environmentFile, packagesOf, splitRequirement } from "./environment-words.ts";

it("lists the packages of a conda file, those of pip too", () => {
  const conda = { channels: ["conda-forge"], dependencies: ["python=3.11", { pip: ["mlflow", "pandas<3"] }] };
  expect(packagesOf({ kind: "conda", conda })).toEqual(["python=3.11", "mlflow", "pandas<3"]);
  expect(packagesOf({ kind: "image", image: "debian" })).toBeNull();
});

it("writes the file that makes it again", () => {
  expect(environmentFile("mine", { kind: "pip", requirements: ["pandas<3"], image: "debian:12" }, "")).toBe(
    "name: mine\nimage: debian:12\npip_file:\n  - pandas<3\n",
  );
});

it("splits a requirement", () => {
  expect(splitRequirement("mlflow[extras] >=3")).toEqual({ name: "mlflow[extras]", rest: ">=3" });
  expect(splitRequirement("--pre")).toEqual({ name: "--pre", rest: "" });
});
