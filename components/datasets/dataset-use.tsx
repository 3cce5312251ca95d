"use client";

import { CodeBlock } from "#components/ui/code-block.tsx";
import type { DatasetVersion } from "#lib/datasets/model.ts";

/** How a job names this version, and how a script reads it. */
export function DatasetUse({ name, version }: { name: string; version: DatasetVersion }) {
  const job = `command: python train.py --data \${{inputs.data}}
inputs:
  data:
    type: ${version.type}
    path: ${version.reference}
`;
  const read = version.format === "parquet" ? "read_parquet" : "read_csv";
  const script =
    version.type === "uri_file"
      ? `import argparse
import pandas as pd

parser = argparse.ArgumentParser()
parser.add_argument("--data")
args = parser.parse_args()

table = pd.${read}(args.data)
print(table.shape)
`
      : `import argparse
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--data")
args = parser.parse_args()

for file in Path(args.data).rglob("*"):
    print(file)
`;
  return (
    <div className="flex max-w-[944px] flex-col gap-6 p-4 sm:p-6">
      <section className="flex flex-col gap-2">
        <h2 className="text-section">In a job</h2>
        <p className="text-body text-ink-2">
          The run gets {version.type === "uri_file" ? "the file" : "the folder"} as a path. Write{" "}
          <code className="text-code">azureml:{name}@latest</code> to follow the newest version.
        </p>
        <CodeBlock language="yaml" code={job} label="Job file" copy />
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-section">In the script</h2>
        <CodeBlock language="python" code={script} label="Script" copy />
      </section>
    </div>
  );
}
