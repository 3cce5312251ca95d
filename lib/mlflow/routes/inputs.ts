import { z } from "zod";
import { invalid } from "#lib/core/errors.ts";
import { linkModels, logDatasets } from "#lib/tracking/commands/log-inputs.ts";
import { setTags } from "#lib/tracking/commands/set-tags.ts";
import { readRunData } from "#lib/tracking/queries/run-data.ts";
import { getActiveRun } from "#lib/tracking/queries/runs.ts";
import { int64, list, requiredText, text } from "../fields.ts";
import { jsonRoute, type MlflowRoute } from "../route.ts";

const dataset = z.object({
  tags: list(z.object({ key: requiredText.max(255), value: text.max(500).default("") })),
  dataset: z.object({
    name: requiredText.max(500),
    digest: requiredText.max(36),
    source_type: requiredText,
    source: requiredText.max(65_535),
    schema: text.max(1_048_575).optional(),
    profile: text.max(16_777_215).optional(),
  }),
});

const inputs = jsonRoute({
  method: "POST",
  path: "runs/log-inputs",
  access: "contributor",
  input: z.object({
    run_id: requiredText,
    datasets: list(dataset),
    models: list(z.object({ model_id: requiredText })),
  }),
  async handle({ services, workspace }, input) {
    const run = await getActiveRun(services.db, workspace.id, input.run_id);
    const datasets = input.datasets.map(({ dataset: given, tags }) => ({
      name: given.name,
      digest: given.digest,
      sourceType: given.source_type,
      source: given.source,
      schema: given.schema,
      profile: given.profile,
      tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    }));
    const models = input.models.map(({ model_id: modelId }) => ({ modelId, step: 0 }));
    await services.db.transaction(async (tx) => {
      await logDatasets(tx, run, datasets);
      await linkModels(tx, run, "input", models);
    });
    return {};
  },
});

const outputs = jsonRoute({
  method: "POST",
  path: "runs/outputs",
  access: "contributor",
  input: z.object({
    run_id: requiredText,
    models: list(z.object({ model_id: requiredText, step: int64.default(0) })),
  }),
  async handle({ services, workspace }, input) {
    const run = await getActiveRun(services.db, workspace.id, input.run_id);
    const models = input.models.map(({ model_id: modelId, step }) => ({ modelId, step }));
    await services.db.transaction((tx) => linkModels(tx, run, "output", models));
    return {};
  },
});

const historyTag = "mlflow.log-model.history";

/** How clients before MLflow 3 say that a run has a model: a tag with the list of all that were logged. */
const logModel = jsonRoute({
  method: "POST",
  path: "runs/log-model",
  access: "contributor",
  input: z.object({ run_id: requiredText, model_json: requiredText }),
  async handle({ services, workspace }, input) {
    const run = await getActiveRun(services.db, workspace.id, input.run_id);
    const model = readJson(input.model_json);
    const data = await readRunData(services.db, [run]);
    const before = data.get(run.id)?.tags.find((tag) => tag.key === historyTag)?.value ?? "[]";
    const list: unknown = readJson(before);
    const value = JSON.stringify([...(Array.isArray(list) ? list : []), model]);
    await setTags(services.db, run, [{ key: historyTag, value }]);
    return {};
  },
});

function readJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw invalid("model_json", `Malformed model info. \n ${source} \n is not a valid JSON.`);
  }
}

export const inputRoutes: readonly MlflowRoute[] = [inputs, outputs, logModel];
