import { expect, it } from "vitest";
import { readAddress } from "./address.ts";

it.each([
  ["/mlflow/growth/api/2.0/mlflow/runs/create", "growth", "/api/mlflow/runs/create"],
  ["/mlflow/growth/ajax-api/3.0/mlflow/runs/create", "growth", "/api/mlflow/runs/create"],
  ["/mlflow/api/2.0/mlflow/runs/create", undefined, "/api/mlflow/runs/create"],
  ["/mlflow/api/api/2.0/mlflow/runs/create", "api", "/api/mlflow/runs/create"],
  [
    "/mlflow/growth/api/2.0/mlflow-artifacts/artifacts/0/a%20b",
    "growth",
    "/api/mlflow-artifacts/artifacts/0/a%20b",
  ],
  ["/mlflow/growth/api/9.0/mlflow/runs/create", "growth", "/api/9.0/mlflow/runs/create"],
  ["/mlflow/growth/health", "growth", "/health"],
  ["/mlflow/health", undefined, "/health"],
  ["/mlflow/growth/", "growth", "/"],
  ["/mlflow/growth", "growth", "/"],
  ["/mlflow", undefined, "/"],
])("%s", (path, workspace, rest) => {
  const address = readAddress(`http://localhost${path}`);
  expect(address.workspace).toBe(workspace);
  expect(address.path).toBe(rest);
});
