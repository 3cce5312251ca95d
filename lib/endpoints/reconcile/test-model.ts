import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import type { Services } from "#lib/services/services.ts";
import type { TestWorkspace } from "#lib/testing/workspace.ts";

/** A model in MLflow's format that is text only: it multiplies its column `x`, and does what `mood` says when it loads. */
function modelFiles(factor: number, mood: string): Record<string, string> {
  const signature = JSON.stringify([{ type: "double", name: "x", required: true }]);
  return {
    MLmodel: [
      "flavors:",
      "  python_function:",
      "    code: code",
      "    loader_module: multiplier",
      "    python_version: 3.11.2",
      "mlflow_version: 3.6.0",
      "signature:",
      `  inputs: '${signature}'`,
      `  outputs: '${JSON.stringify([{ type: "double", required: true }])}'`,
    ].join("\n"),
    "requirements.txt": "mlflow==3.6.0\npandas\n",
    "code/multiplier.py": [
      "import os, time",
      "class Multiplier:",
      "    def predict(self, data):",
      "        if (data['x'] == -1).any():",
      "            os._exit(3)",
      "        time.sleep(float(os.environ.get('SLEEP', '0')))",
      `        return (data['x'] * ${factor}).tolist()`,
      "def _load_pyfunc(path):",
      mood === "fails" ? "    raise RuntimeError('the weights are broken')" : "    return Multiplier()",
    ].join("\n"),
  };
}

/** Registers a version of the model and gives its reference. */
export async function registerTestModel(
  services: Services,
  workspace: TestWorkspace,
  name: string,
  factor: number,
  mood = "well",
): Promise<string> {
  const entries: { path: string; sha256: string }[] = [];
  for (const [path, text] of Object.entries(modelFiles(factor, mood))) {
    await storeBlob(services, workspace.id, Readable.from([Buffer.from(text)]));
    entries.push({ path, sha256: createHash("sha256").update(text).digest("hex") });
  }
  const { digest } = await createTree(services.db, workspace.id, entries);
  const { version } = await services.db.transaction((tx) =>
    createAssetVersion(tx, {
      workspaceId: workspace.id,
      kind: "model",
      name,
      type: "mlflow_model",
      source: { kind: "tree", digest },
    }),
  );
  return `azureml:${name}:${version.version}`;
}
