import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { preparePythonTools, toolPath } from "../../scripts/services/python-tools.ts";
import { type MlflowTestServer, startMlflowServer } from "./testing/mlflow-server.ts";

const python = join(process.cwd(), "python");
const timeoutMs = 540_000;
let server: MlflowTestServer;

beforeAll(async () => {
  server = await startMlflowServer();
});

afterAll(() => server.close());

/** A Python that has MLflow's client: the one named by `TEST_MLFLOW_PYTHON`, else one that uv makes. */
async function pythonCommand(): Promise<string[]> {
  const own = process.env.TEST_MLFLOW_PYTHON;
  if (own) return [own];
  const tools = join(process.cwd(), ".atelier-test", "tools");
  await preparePythonTools(tools);
  return [
    toolPath(tools, "uv"),
    "run",
    "--isolated",
    "--no-project",
    "--with-editable",
    `${python}[test]`,
    "python",
  ];
}

async function runPytest(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const [command = "", ...args] = await pythonCommand();
  const options = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests_mlflow"];
  const child = spawn(command, [...args, ...options], {
    cwd: python,
    env: { ...process.env, ...env },
    timeout: timeoutMs,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, output };
}

it(
  "is what the MLflow client of PyPI expects",
  async () => {
    const { code, output } = await runPytest({
      MLFLOW_TRACKING_URI: server.trackingUri,
      MLFLOW_TRACKING_TOKEN: server.token,
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: "1",
      MLFLOW_DISABLE_TELEMETRY: "true",
      MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: "false",
      DO_NOT_TRACK: "true",
    });
    expect(code, output.slice(-8000)).toBe(0);
    expect(output).toMatch(/\d+ passed/);
  },
  timeoutMs,
);
