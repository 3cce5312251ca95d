import { text } from "node:stream/consumers";
import { parse } from "yaml";
import { z } from "zod";
import type { FileSet } from "#lib/files/file-set.ts";
import type { MlmodelFacts, SignatureColumn } from "./model.ts";

const maxTextBytes = 1024 * 1024;

const file = z.looseObject({
  mlflow_version: z.string().optional(),
  flavors: z.record(z.string(), z.unknown()).default({}),
  signature: z.looseObject({ inputs: z.string().nullish(), outputs: z.string().nullish() }).nullish(),
});

const column = z.looseObject({
  name: z.string().optional(),
  type: z.string(),
  required: z.boolean().default(true),
  "tensor-spec": z.looseObject({ dtype: z.string() }).optional(),
});

/** A signature is JSON inside of the YAML: columns, or tensors. */
function readColumns(json: string | null | undefined): SignatureColumn[] | null {
  if (!json) return null;
  try {
    const columns = z.array(column).parse(JSON.parse(json));
    return columns.map((each, index) => ({
      name: each.name ?? `value ${index + 1}`,
      type: each["tensor-spec"]?.dtype ?? each.type,
      required: each.required,
    }));
  } catch {
    return null;
  }
}

async function readText(files: FileSet, path: string): Promise<string> {
  const opened = await files.open(path);
  if (opened.sizeBytes > maxTextBytes) {
    opened.body.destroy();
    return "";
  }
  return text(opened.body);
}

/** The MLmodel file nearest to the top of the files, read; null where there is none that can be read. */
export async function readMlmodel(files: FileSet): Promise<MlmodelFacts | null> {
  const paths = (await files.list()).map((entry) => entry.path);
  const [nearest] = paths
    .filter((path) => path === "MLmodel" || path.endsWith("/MLmodel"))
    .sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  if (nearest === undefined) return null;
  const root = nearest.slice(0, -"MLmodel".length);
  const parsed = file.safeParse(parse(await readText(files, nearest)));
  if (!parsed.success) return null;
  const { flavors, signature, mlflow_version: mlflowVersion } = parsed.data;
  const python = flavors.python_function as { python_version?: unknown } | undefined;
  const requirements = paths.includes(`${root}requirements.txt`)
    ? await readText(files, `${root}requirements.txt`)
    : "";
  return {
    flavors: Object.keys(flavors),
    mlflowVersion: mlflowVersion ?? null,
    pythonVersion: typeof python?.python_version === "string" ? python.python_version : null,
    inputs: readColumns(signature?.inputs),
    outputs: readColumns(signature?.outputs),
    requirements: requirements.split("\n").filter((line) => line.trim() !== ""),
    root,
  };
}
