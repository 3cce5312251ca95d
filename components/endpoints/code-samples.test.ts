import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { codeSample, type SampleLanguage, sampleLanguages } from "./code-samples.ts";

const run = promisify(execFile);
const body = JSON.stringify(
  { input_data: { columns: ["it's", "b"], data: [['O’Hara said "no"', 1.5, true, null, false]] } },
  null,
  2,
);
let server: Server;
let folder: string;
let scoringUri: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "atelier-samples-"));
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk;
    });
    request.on("end", () => {
      const echo = {
        key: request.headers.authorization,
        type: request.headers["content-type"],
        body: JSON.parse(text),
      };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(echo));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  scoringUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/e/w/x/score`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const commands: Record<SampleLanguage, { file: string; argv: string[] }> = {
  curl: { file: "sample.sh", argv: ["sh"] },
  python: { file: "sample.py", argv: ["python3"] },
  javascript: { file: "sample.mjs", argv: [process.execPath] },
};

it.each(sampleLanguages)(
  "the %s sample runs as it stands, with the key in it or in the environment",
  async (language) => {
    const { file, argv } = commands[language];
    for (const key of ["ate_secret", null]) {
      const path = join(folder, file);
      await writeFile(path, codeSample(language, { scoringUri, body, key }));
      const [program = "", ...args] = argv;
      const { stdout } = await run(program, [...args, path], {
        env: {
          ...process.env,
          ENDPOINT_KEY: "ate_from_variable",
          no_proxy: "127.0.0.1",
          NO_PROXY: "127.0.0.1",
        },
      });
      expect(stdout).toContain(`Bearer ${key ?? "ate_from_variable"}`);
      expect(stdout).toContain("application/json");
      expect(stdout).toContain("O’Hara said");
      expect(stdout.toLowerCase().replace("none", "null")).toMatch(/1\.5, ?true, ?null, ?false/);
    }
  },
);
