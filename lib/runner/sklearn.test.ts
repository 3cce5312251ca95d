import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type Runner, startRunner } from "./runner.ts";
import { ended, readLogText, waitForRun } from "./testing/runs.ts";
import { provideUv } from "./testing/uv.ts";

let studio: TestStudio;
let runner: Runner;

beforeAll(async () => {
  studio = await startTestStudio();
  await provideUv(studio.services.env.home);
  runner = await startRunner(studio.services);
}, 300_000);

afterAll(async () => {
  await runner?.stop();
  await studio?.close();
});

const script = `
import mlflow
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

frame = pd.DataFrame({"a": range(200), "b": [i % 7 for i in range(200)]})
y = (frame.a + frame.b > 100).astype(int)
with mlflow.start_run():
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(frame, y)
    mlflow.log_param("kind", "logistic")
    mlflow.log_metric("auc", roc_auc_score(y, model.predict_proba(frame)[:, 1]))
    mlflow.sklearn.log_model(model, name="model", input_example=frame.head(2))
print("done")
`;

it("runs scikit-learn with MLflow in the environment that ships, by its vendor's name, without a line of set-up", async () => {
  const { api, workspace, fetch } = studio;
  const blob = (await (await fetch("/blobs", { method: "PUT", body: script })).json()) as { sha256: string };
  const files = [{ path: "train.py", sha256: blob.sha256 }];
  const { digest } = await api.files.createTree({ workspace: workspace.name, files });
  const submitted = await api.runs.submit({
    workspace: workspace.name,
    code: digest,
    spec: {
      command: "python train.py",
      environment: "azureml://registries/azureml/environments/sklearn-1.5/labels/latest",
      compute: "azureml:cpu-cluster",
    },
  });
  expect(submitted).toMatchObject({ compute: "docker", environment: "sklearn-1.5" });
  const run = await waitForRun(studio, submitted.name, ended, 400_000);
  expect(await readLogText(studio, run.name)).toMatch(/done\n$/);
  expect(run).toMatchObject({ status: "Completed", error: null, params: { kind: "logistic" } });
  expect(run.metrics.auc).toBeGreaterThan(0.9);
  const builds = await api.environments.get({
    workspace: workspace.name,
    environment: "sklearn-1.5",
    version: "@latest",
  });
  expect(builds).toMatchObject({ curated: true, builds: [{ kind: "image", status: "ready" }] });
  expect(builds.builds[0]?.packages).toContainEqual(expect.stringMatching(/^scikit-learn==1\.5\./));
}, 420_000);
