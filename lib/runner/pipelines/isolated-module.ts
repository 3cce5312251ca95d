import { posix } from "node:path";
import { isValueType } from "#lib/components/model.ts";
import { readTexts, textTar } from "#lib/compute/archive.ts";
import type { ComputeHandle, ComputeProvider, LaunchSpec } from "#lib/compute/port.ts";
import { isAppError } from "#lib/core/errors.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import type { MetricPoint } from "#lib/tracking/commands/log-metrics.ts";
import { valueParameters } from "../output-values.ts";
import { outputsFolder } from "../places.ts";
import { readWorkerPackage } from "../workers/package-files.ts";
import { type StepEvent, type StepFailure, stepEvent } from "../workers/protocol.ts";

const packageFolder = "worker";
const stepFolder = "step";
const messagesFile = "messages.ndjson";

/** A module as an ordinary program in a container of its own: what it needs beside its inputs. */
export async function isolatedLaunch(
  node: PlanNode,
  root: string,
  inputs: ReadonlyMap<string, string>,
): Promise<
  Pick<LaunchSpec, "argv"> & { env: Record<string, string>; files: NonNullable<LaunchSpec["files"]> }
> {
  const pack = await readWorkerPackage();
  const step = {
    module: node.module,
    parameters: { ...node.parameters, ...valueParameters(node, inputs) },
    inputs: Object.fromEntries(
      [...inputs].filter(([name]) => name in node.inputs && !isValueType(node.inputs[name]?.type ?? "")),
    ),
    outputs: Object.fromEntries(
      Object.keys(node.outputs).map((name) => [name, posix.join(root, outputsFolder, name)]),
    ),
    messages: posix.join(root, stepFolder, messagesFile),
  };
  return {
    argv: ["python", "-m", "atelier_modules", "run", posix.join(root, stepFolder, "step.json")],
    env: moduleVariables(posix.join(root, packageFolder)),
    files: [
      { path: packageFolder, open: () => pack.open() },
      { path: stepFolder, open: () => textTar({ "step.json": JSON.stringify(step) }) },
    ],
  };
}

/** Where Python finds the runtime and the modules of a package that lies at `folder`. */
export function moduleVariables(folder: string): Record<string, string> {
  return { PYTHONPATH: posix.join(folder, "python"), ATELIER_MODULES: posix.join(folder, "modules") };
}

export interface IsolatedResult {
  fact: string | null;
  metrics: MetricPoint[];
  failed: StepFailure | null;
}

/** What the module said of itself while it ran. */
export async function readIsolated(
  provider: ComputeProvider,
  handle: ComputeHandle,
): Promise<IsolatedResult> {
  const result: IsolatedResult = { fact: null, metrics: [], failed: null };
  for (const event of await readEvents(provider, handle)) {
    if (event.fact !== undefined) result.fact = event.fact.slice(0, 200);
    if (event.failed) result.failed = event.failed;
    if (event.metric) {
      const { key, value, step } = event.metric;
      result.metrics.push({ key, value: Number(value), step: step ?? 0, timestamp: Date.now() });
    }
  }
  return result;
}

async function readEvents(provider: ComputeProvider, handle: ComputeHandle): Promise<StepEvent[]> {
  try {
    const texts = await readTexts(await provider.copyOut(handle, stepFolder));
    const lines = (texts[messagesFile] ?? "").split("\n").filter(Boolean);
    // The last line of one that was killed may be cut.
    return lines.flatMap((line) => {
      const parsed = stepEvent.safeParse(parseOrNull(line));
      return parsed.success ? [parsed.data] : [];
    });
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return [];
    throw error;
  }
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
