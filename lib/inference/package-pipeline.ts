import { Readable } from "node:stream";
import { stringify } from "yaml";
import { loadLookup } from "#lib/components/resolve.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { findCurated } from "#lib/environments/curated.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { registerVersion } from "#lib/models/register-version.ts";
import type { PipelineGraph } from "#lib/pipelines/model.ts";
import { readGraph } from "#lib/pipelines/read/read-graph.ts";
import type { Services } from "#lib/services/services.ts";
import { loadSpecText } from "#lib/spec/load-text.ts";
import { readModuleFiles } from "./module-files.ts";
import { describeRequests } from "./request-columns.ts";
import { listSavedFiles, type SavedFile } from "./saved-files.ts";
import { type ScoringGraph, toScoringGraph } from "./scoring-graph.ts";

const environment = "designer-1";
const mlflowVersion = "3.6.0";
const signatureTypes = {
  string: "string",
  integer: "long",
  double: "double",
  boolean: "boolean",
  datetime: "datetime",
} as const;

export interface PackageRequest {
  text: string;
  name: string;
  description?: string | undefined;
}

/**
 * Registers a pipeline that scores as a model in MLflow's format: its graph, what was saved for it, and the code of its
 * modules. Whoever loads it needs nothing of the studio.
 */
export async function packagePipeline(
  services: Services,
  workspaceId: string,
  userId: string,
  request: PackageRequest,
): Promise<{ name: string; version: string }> {
  const graph = await readChecked(services, workspaceId, request.text);
  const scoring = toScoringGraph(graph);
  const saved = await listSavedFiles(services, workspaceId, scoring.saved);
  const { columns, scores, example } = await describeRequests(services, workspaceId, graph, scoring, saved);
  const document = {
    version: 1,
    columns,
    scores,
    nodes: scoring.nodes,
    output: scoring.output,
  };
  const texts: Record<string, string> = {
    MLmodel: stringify(mlmodelOf(columns)),
    "requirements.txt": `${requirements().join("\n")}\n`,
    "data/pipeline.json": JSON.stringify(document, null, 1),
    "pipeline.yml": request.text,
    ...(example ? { "serving_input_example.json": JSON.stringify({ dataframe_split: example }) } : {}),
    ...prefixed("code/", await readModuleFiles(modulesOf(scoring))),
  };
  const files: SavedFile[] = saved.map(({ path, sha256 }) => ({ path: `data/saved/${path}`, sha256 }));
  for (const [path, text] of Object.entries(texts)) {
    const { sha256 } = await storeBlob(services, workspaceId, Readable.from([Buffer.from(text)]));
    files.push({ path, sha256 });
  }
  const { digest } = await createTree(services.db, workspaceId, files);
  const version = await registerVersion(services, workspaceId, {
    name: request.name,
    type: "mlflow_model",
    source: { kind: "tree", digest },
    path: "",
    description: request.description,
    tags: { kind: "pipeline" },
    createdBy: userId,
  });
  return { name: request.name, version: version.version };
}

async function readChecked(services: Services, workspaceId: string, text: string): Promise<PipelineGraph> {
  const { spec, document } = loadSpecText(text, { kind: "job", fileName: "pipeline.yml" });
  if (spec.type !== "pipeline") throw invalid("text", "is no pipeline");
  const lookup = await loadLookup(services.db, workspaceId, spec);
  const { graph, faults } = readGraph(spec, lookup, { document });
  const errors = faults.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new AppError("VALIDATION_FAILED", {
      userMessage: `The pipeline has ${errors.length === 1 ? "a fault" : `${errors.length} faults`}: ${errors[0]?.path}: ${errors[0]?.message}`,
      issues: errors.map(({ path, message }) => ({ path, message })),
    });
  }
  return graph;
}

function mlmodelOf(columns: { name: string; type: keyof typeof signatureTypes; required: boolean }[]) {
  const inputs = columns.map(({ name, type, required }) => ({ name, type: signatureTypes[type], required }));
  return {
    flavors: {
      python_function: {
        loader_module: "atelier_modules.mlflow_model",
        code: "code",
        data: "data",
        python_version: "3.11.0",
      },
    },
    mlflow_version: mlflowVersion,
    signature: { inputs: JSON.stringify(inputs), outputs: null, params: null },
  };
}

/** The lines of the modules' own environment, so that serving needs no image of its own. */
function requirements(): string[] {
  const curated = findCurated(environment);
  if (curated?.definition.kind !== "pip") throw new Error(`There is no environment ${environment}`);
  return curated.definition.requirements;
}

function modulesOf(scoring: ScoringGraph): string[] {
  return [...new Set(scoring.nodes.map(({ module }) => module))];
}

function prefixed(prefix: string, texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [prefix + path, text]));
}
