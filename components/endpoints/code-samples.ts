export const sampleLanguages = ["curl", "python", "javascript"] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

export interface SampleInput {
  scoringUri: string;
  /** JSON text. */
  body: string;
  /** Null: the sample reads it from the variable ENDPOINT_KEY. */
  key: string | null;
}

/** Single quotes for a POSIX shell. */
function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}

/** A program that runs as it stands: nothing to install, nothing to fill in but the key when it was left out. */
export function codeSample(language: SampleLanguage, { scoringUri, body, key }: SampleInput): string {
  switch (language) {
    case "curl":
      return [
        `curl ${shell(scoringUri)} \\`,
        `  -H ${key ? shell(`Authorization: Bearer ${key}`) : '"Authorization: Bearer $ENDPOINT_KEY"'} \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d ${shell(compact(body))}`,
      ].join("\n");
    case "python":
      return [
        "import json",
        ...(key ? [] : ["import os"]),
        "import urllib.request",
        "",
        `body = json.loads(${JSON.stringify(compact(body))})`,
        "request = urllib.request.Request(",
        `    ${JSON.stringify(scoringUri)},`,
        "    data=json.dumps(body).encode(),",
        "    headers={",
        `        "Authorization": "Bearer " + ${key ? JSON.stringify(key) : 'os.environ["ENDPOINT_KEY"]'},`,
        '        "Content-Type": "application/json",',
        "    },",
        ")",
        "with urllib.request.urlopen(request, timeout=60) as response:",
        "    print(json.load(response))",
      ].join("\n");
    case "javascript":
      return [
        `const response = await fetch(${JSON.stringify(scoringUri)}, {`,
        '  method: "POST",',
        "  headers: {",
        `    Authorization: ${key ? JSON.stringify(`Bearer ${key}`) : "`Bearer ${process.env.ENDPOINT_KEY}`"},`,
        '    "Content-Type": "application/json",',
        "  },",
        `  body: JSON.stringify(${indent(body)}),`,
        "});",
        "console.log(response.status, await response.text());",
      ].join("\n");
  }
}

function indent(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2).replaceAll("\n", "\n  ");
  } catch {
    return body;
  }
}
