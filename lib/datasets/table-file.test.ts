import { expect, it } from "vitest";
import { findTableFile } from "./table-file.ts";

const file = (path: string) => ({ path, sha256: `sha of ${path}`, sizeBytes: 1 });

it("takes the table of a module among its other files", () => {
  const files = [file("evaluation.json"), file("data.parquet"), file("schema.json")];
  expect(findTableFile(files)).toEqual({
    path: "data.parquet",
    sha256: "sha of data.parquet",
    format: "parquet",
  });
});

it("takes an only file that holds a table, whatever its name", () => {
  expect(findTableFile([file("scores/part.tsv")])).toMatchObject({ path: "scores/part.tsv", format: "csv" });
});

it("finds none among several files, in other files and in files without content", () => {
  expect(findTableFile([file("a.csv"), file("b.csv")])).toBeNull();
  expect(findTableFile([file("model.pkl")])).toBeNull();
  expect(findTableFile([{ path: "data.parquet", sizeBytes: 1 }])).toBeNull();
  expect(findTableFile([])).toBeNull();
});
