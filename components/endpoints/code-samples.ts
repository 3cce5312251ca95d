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

/** What a value is called in Python or JavaScript. Objects take a line per key, rows a line each. */
function literal(value: unknown, words: { true: string; false: string; null: string }, indent = ""): string {
  if (value === null) return words.null;
  if (typeof value === "boolean") return value ? words.true : words.false;
  if (typeof value !== "object") return JSON.stringify(value);
  const deeper = `${indent}    `;
  if (Array.isArray(value)) {
    const items = value.map((item) => literal(item, words, deeper));
    const nested = value.some((item) => typeof item === "object" && item !== null);
    return nested
      ? `[\n${items.map((item) => `${deeper}${item},\n`).join("")}${indent}]`
      : `[${items.join(", ")}]`;
  }
  const lines = Object.entries(value).map(
    ([key, item]) => `${deeper}${JSON.stringify(key)}: ${literal(item, words, deeper)},\n`,
  );
  return `{\n${lines.join("")}${indent}}`;
}

const pythonWords = { true: "True", false: "False", null: "None" };
const scriptWords = { true: "true", false: "false", null: "null" };

/** A program that runs as it stands: nothing to install, nothing to fill in but the key when it was left out. */
export function codeSample(language: SampleLanguage, { scoringUri, body, key }: SampleInput): string {
  switch (language) {
    case "curl":
      return [
        `curl ${shell(scoringUri)} \\`,
        `  -H ${key ? shell(`Authorization: Bearer ${key}`) : '"Authorization: Bearer $ENDPOINT_KEY"'} \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d ${shell(JSON.stringify(JSON.parse(body)))}`,
      ].join("\n");
    case "python":
      return [
        "import json",
        ...(key ? [] : ["import os"]),
        "import urllib.request",
        "",
        `body = ${literal(JSON.parse(body), pythonWords)}`,
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
        `const body = ${literal(JSON.parse(body), scriptWords)};`,
        `const response = await fetch(${JSON.stringify(scoringUri)}, {`,
        '  method: "POST",',
        "  headers: {",
        `    Authorization: ${key ? JSON.stringify(`Bearer ${key}`) : "`Bearer ${process.env.ENDPOINT_KEY}`"},`,
        '    "Content-Type": "application/json",',
        "  },",
        "  body: JSON.stringify(body),",
        "});",
        "console.log(response.status, await response.text());",
      ].join("\n");
  }
}
