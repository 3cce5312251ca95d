import { setTimeout as wait } from "node:timers/promises";
import { connectApi } from "../../e2e/support/api.ts";

export interface DesignerScreens {
  workspace: string;
  /** A draft that has been run. */
  draft: string;
  /** The run of its step that evaluates. */
  evaluated: string;
}

const workspace = "term-deposits";
const waitMs = 600_000;

/** A sample pipeline that was run twice: the second time with another learning rate, so that the steps before are reused. */
export async function seedDesigner(): Promise<DesignerScreens> {
  const { api } = await connectApi();
  const { items } = await api.workspaces.list();
  if (!items.some(({ name }) => name === workspace))
    await api.workspaces.create({ name: workspace, displayName: "Term deposits" });
  const draft = await api.designer.create({ workspace, sample: "binary-classification" });
  const run = async (text: string) => {
    const { name } = await api.runs.submit({
      workspace,
      spec: text,
      set: ["settings.default_compute=azureml:docker"],
    });
    await api.designer.rememberSubmit({
      workspace,
      draft: draft.id,
      memory: { defaultCompute: "docker" },
      run: name,
    });
    return waitForRun(name);
  };
  const waitForRun = async (name: string) => {
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      const { status, nodes } = await api.pipelines.graph({ workspace, run: name });
      if (status === "Completed") return nodes;
      if (status === "Failed" || status === "Canceled") throw new Error(`the run ${name} is ${status}`);
      await wait(500);
    }
    throw new Error(`the run ${name} did not end in time`);
  };
  await run(draft.text);
  const text = draft.text.replace("learning_rate: 0.05", "learning_rate: 0.08");
  await api.designer.save({ workspace, draft: draft.id, text });
  const nodes = await run(text);
  const evaluated = nodes.find(({ name }) => name === "evaluate_model")?.runName ?? "";
  return { workspace, draft: draft.id, evaluated };
}
