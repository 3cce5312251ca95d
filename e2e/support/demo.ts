import { connectApi, type TestApi } from "./api.ts";
import { makeDemo, demoNames as names, otherLearner, sample } from "./make-demo.ts";
import { waitUntil } from "./wait-until.ts";

/** A workspace in which everything has happened: for tests that look at each page. */
export interface Demo {
  workspace: string;
  dataset: string;
  /** A completed run, one that was started with other values, and one that failed. */
  runs: { best: string; other: string; failed: string };
  model: string;
  endpoint: string;
  /** Of a sample pipeline. */
  draft: string;
  /** A completed run of it, one with another learner, and the run of the first one's step that evaluates. */
  pipelines: { best: string; other: string; evaluation: string };
  /** A draft that scores, made of the first run. */
  service: string;
  /** That pipeline, published. */
  pipelineEndpoint: string;
  /** Of an invitation that nobody has accepted. */
  inviteToken: string;
}

/** The workspace gets it last: whoever reads it knows that all the rest is there. */
const description = "Models that tell whom to call.";

/** Makes it once per studio; the next caller finds it there, or waits until it is. */
export async function ensureDemo(): Promise<Demo> {
  const studio = await connectApi();
  const { workspace } = names;
  if (await beginDemo(studio)) {
    await makeDemo(studio);
    await studio.api.workspaces.update({ workspace, description });
  } else {
    const isMade = async () => (await studio.api.workspaces.get({ workspace })).description === description;
    await waitUntil(isMade, "the demo was begun and not made");
  }
  const runs = (await studio.api.runs.list({ workspace, limit: 50 })).items;
  const find = (displayName: string) => runs.find((run) => run.displayName === displayName)?.name ?? "";
  const invite = await studio.api.members.invites.create({ workspace, role: "reader" });
  const drafts = (await studio.api.designer.list({ workspace })).items;
  const best = find(sample);
  const { nodes } = await studio.api.pipelines.graph({ workspace, run: best });
  return {
    ...names,
    draft: drafts.find(({ name }) => name === sample)?.id ?? "",
    service: drafts.find(({ name }) => name !== sample)?.id ?? "",
    pipelines: {
      best,
      other: find(otherLearner),
      evaluation: nodes.find(({ name }) => name === "evaluate_model")?.runName ?? "",
    },
    runs: { best: find("boosted trees"), other: find("slower trees"), failed: find("wrong column") },
    inviteToken: invite.url.split("/").at(-1) ?? "",
  };
}

/** Whether it is ours to make: of several tests that begin at once, one gets the workspace. */
async function beginDemo(studio: TestApi): Promise<boolean> {
  const { workspace } = names;
  const isThere = async () =>
    (await studio.api.workspaces.list()).items.some(({ name }) => name === workspace);
  if (await isThere()) return false;
  try {
    await studio.api.workspaces.create({ name: workspace, displayName: "Marketing" });
    return true;
  } catch (error) {
    if (await isThere()) return false;
    throw error;
  }
}
