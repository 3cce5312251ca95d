import { z } from "zod";
import { invalid } from "#lib/core/errors.ts";
import {
  createExperiment,
  deleteExperiment,
  deleteExperimentTag,
  findExperimentByName,
  renameExperiment,
  restoreExperiment,
  setExperimentTag,
} from "#lib/tracking/experiments.ts";
import { limits } from "#lib/tracking/model.ts";
import { mlflowError } from "../errors.ts";
import { list, requiredText, tag, text } from "../fields.ts";
import { jsonRoute, type MlflowRoute } from "../route.ts";
import { getActiveExperiment, getExperiment, toWireExperiment } from "../wire/experiment.ts";

const byId = z.object({ experiment_id: requiredText });
const tagKey = requiredText.max(limits.keyLength);
const tagValue = text.max(limits.experimentTagValueLength).default("");

const create = jsonRoute({
  method: "POST",
  path: "experiments/create",
  access: "contributor",
  input: z.object({ name: requiredText, artifact_location: text.optional(), tags: list(tag) }),
  async handle({ services, workspace }, input) {
    if (input.artifact_location) {
      throw invalid(
        "artifact_location",
        "The studio keeps artifacts itself; leave the artifact location of an experiment out.",
      );
    }
    const tags = Object.fromEntries(input.tags.map(({ key, value }) => [key, value]));
    const made = await services.db.transaction((tx) =>
      createExperiment(tx, workspace.id, { name: input.name, tags }),
    );
    return { experiment_id: String(made.number) };
  },
});

const get = jsonRoute({
  method: "GET",
  path: "experiments/get",
  access: "reader",
  input: byId,
  async handle({ services, workspace }, input) {
    const found = await getExperiment(services.db, workspace.id, input.experiment_id);
    return { experiment: toWireExperiment(found) };
  },
});

const getByName = jsonRoute({
  method: "GET",
  path: "experiments/get-by-name",
  access: "reader",
  input: z.object({ experiment_name: requiredText }),
  async handle({ services, workspace }, { experiment_name: name }) {
    const found = await findExperimentByName(services.db, workspace.id, name);
    if (!found) {
      throw mlflowError(
        "NOT_FOUND",
        "RESOURCE_DOES_NOT_EXIST",
        `Could not find experiment with name '${name}'`,
      );
    }
    return { experiment: toWireExperiment(found) };
  },
});

const remove = jsonRoute({
  method: "POST",
  path: "experiments/delete",
  access: "contributor",
  input: byId,
  async handle({ services, workspace }, input) {
    await services.db.transaction(async (tx) => {
      const found = await getExperiment(tx, workspace.id, input.experiment_id);
      if (!found.deletedAt) await deleteExperiment(tx, found);
    });
    return {};
  },
});

const restore = jsonRoute({
  method: "POST",
  path: "experiments/restore",
  access: "contributor",
  input: byId,
  async handle({ services, workspace }, input) {
    await services.db.transaction(async (tx) => {
      await restoreExperiment(tx, await getExperiment(tx, workspace.id, input.experiment_id));
    });
    return {};
  },
});

const update = jsonRoute({
  method: "POST",
  path: "experiments/update",
  access: "contributor",
  input: byId.extend({ new_name: requiredText }),
  async handle({ services, workspace }, input) {
    await services.db.transaction(async (tx) => {
      const found = await getExperiment(tx, workspace.id, input.experiment_id);
      if (found.deletedAt) {
        throw mlflowError(
          "CONFLICT",
          "INVALID_STATE",
          "Cannot rename experiment in non-active lifecycle stage. Restore it first.",
        );
      }
      await renameExperiment(tx, found, input.new_name);
    });
    return {};
  },
});

const setTag = jsonRoute({
  method: "POST",
  path: "experiments/set-experiment-tag",
  access: "contributor",
  input: byId.extend({ key: tagKey, value: tagValue }),
  async handle({ services, workspace }, input) {
    const found = await getActiveExperiment(services.db, workspace.id, input.experiment_id);
    await setExperimentTag(services.db, found, input.key, input.value);
    return {};
  },
});

const deleteTag = jsonRoute({
  method: "POST",
  path: "experiments/delete-experiment-tag",
  access: "contributor",
  input: byId.extend({ key: tagKey }),
  async handle({ services, workspace }, input) {
    const found = await getActiveExperiment(services.db, workspace.id, input.experiment_id);
    if (!(input.key in found.tags)) {
      throw mlflowError(
        "NOT_FOUND",
        "RESOURCE_DOES_NOT_EXIST",
        `No tag with name: ${input.key} in experiment with id ${input.experiment_id}`,
      );
    }
    await deleteExperimentTag(services.db, found, input.key);
    return {};
  },
});

export const experimentRoutes: readonly MlflowRoute[] = [
  create,
  get,
  getByName,
  remove,
  restore,
  update,
  setTag,
  deleteTag,
];
