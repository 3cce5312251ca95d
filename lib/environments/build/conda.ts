import { z } from "zod";
import { invalid } from "#lib/core/errors.ts";
import { defaultPython, type PythonPackages } from "./definition.ts";

const condaSchema = z.object({
  name: z.string().optional(),
  channels: z.array(z.string()).optional(),
  dependencies: z.array(z.union([z.string(), z.object({ pip: z.array(z.string()) })])),
});

/** What conda calls otherwise than PyPI does. */
const names: Record<string, string> = {
  pytorch: "torch",
  "pytorch-cpu": "torch",
  "py-xgboost": "xgboost",
  "matplotlib-base": "matplotlib",
  "scikit-learn-intelex": "scikit-learn-intelex",
  "python-dateutil": "python-dateutil",
  tables: "tables",
  pytables: "tables",
  "lightgbm-cpu": "lightgbm",
  opencv: "opencv-python-headless",
  "py-opencv": "opencv-python-headless",
  "tensorflow-cpu": "tensorflow-cpu",
  "mlflow-skinny": "mlflow-skinny",
  "dask-core": "dask",
  "pyarrow-core": "pyarrow",
  "ruamel.yaml": "ruamel.yaml",
};

/** Programs and libraries that no index of Python packages has. */
const notPython = new Set(
  "r-base gcc gxx gfortran cmake make openjdk nodejs cudatoolkit cuda cudnn mkl mkl-service libgcc libgcc-ng libstdcxx-ng openblas libblas ffmpeg git curl openssl gdal-bin geos proj boost".split(
    " ",
  ),
);

/** Reads a conda file as packages for pip: its pip section as it is, its conda packages by their name on PyPI. */
export function readConda(conda: unknown): PythonPackages {
  const parsed = condaSchema.safeParse(conda);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`conda.${issue?.path.join(".") ?? ""}`, issue?.message ?? "is not a conda file");
  }
  const requirements: string[] = [];
  let python = defaultPython;
  for (const [index, entry] of parsed.data.dependencies.entries()) {
    if (typeof entry !== "string") {
      requirements.push(...entry.pip);
      continue;
    }
    const spec = readSpec(entry, `conda.dependencies[${index}]`);
    if (spec.name === "python") python = pythonVersion(spec.version, entry, index);
    else
      requirements.push(
        names[spec.name] === undefined ? spec.name + spec.version : names[spec.name] + spec.version,
      );
  }
  return { requirements, python };
}

/** `channel::name=1.2`, `name=1.2=build`, `name>=1,<2`, `name 1.2.*`: the version in pip's writing. */
function readSpec(entry: string, at: string): { name: string; version: string } {
  const text = entry.replace(/^[\w.-]+::/, "").trim();
  const match = /^([A-Za-z0-9][\w.-]*)\s*(.*)$/.exec(text);
  if (match === null) throw invalid(at, `“${entry}” is not a conda package`, entry);
  const name = (match[1] ?? "").toLowerCase();
  if (notPython.has(name) || name.startsWith("r-") || name.startsWith("lib")) {
    throw invalid(
      at,
      `“${name}” is not a Python package, so it cannot be installed from PyPI. Use an image that has it (image: …), and keep the Python packages here.`,
      entry,
    );
  }
  return { name, version: versionOf((match[2] ?? "").trim()) };
}

function versionOf(text: string): string {
  if (text === "" || text === "*") return "";
  if (/^(==|!=|>=|<=|~=|<|>)/.test(text)) return text.replace(/\s+/g, "");
  const [version = "", build] = text.replace(/^=\s*/, "").split("=");
  if (version.includes("*") || build !== undefined) return `==${version}`;
  // A single equals sign of conda means "starts with".
  return text.startsWith("=") ? `==${version}.*` : `==${version}`;
}

function pythonVersion(version: string, entry: string, index: number): string {
  const found = /3\.\d+/.exec(version)?.[0];
  if (version !== "" && found === undefined)
    throw invalid(`conda.dependencies[${index}]`, `“${entry}” must name a Python 3`, entry);
  return found ?? defaultPython;
}
