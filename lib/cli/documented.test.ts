import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadSpecFile } from "#lib/spec/load.ts";
import { expandArguments } from "./arguments.ts";
import { createProgram } from "./program.ts";

const root = join(import.meta.dirname, "..", "..");
const pages = ["README.md", "docs/cli.md", "docs/pipelines.md", "docs/designer.md", "sample/README.md"];

/** The lines with `atelier …` of a page's code blocks and of its sentences. */
function commandsOf(page: string): string[][] {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  const code = blocks.join("\n").replaceAll("\\\n", " ");
  const alone = [...code.matchAll(/^(?:.*\| )?atelier (.*)$/gm)].map(([, line = ""]) => line);
  const inside = [...code.matchAll(/\$\(atelier ([^)]*)\)/g)].map(([, line = ""]) => line);
  return [...alone, ...inside].map((line) => wordsOf(line.replace(/ +#.*$/, "")));
}

/** Words as a shell reads them, as far as these pages go. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => {
    return double ?? single ?? bare ?? "";
  });
}

/** Whether the command line is one that would be run. Throws what is wrong with it. */
async function parses(words: string[]): Promise<boolean> {
  const program = createProgram();
  const reached = new Error("reached the action");
  program.hook("preAction", () => {
    throw reached;
  });
  try {
    await program.parseAsync(expandArguments(program, words), { from: "user" });
    return false;
  } catch (error) {
    if (error === reached) return true;
    throw new Error(`atelier ${words.join(" ")}`, { cause: error });
  }
}

it.each(pages)("the commands of %s are commands of this program, and their files are here", async (page) => {
  const commands = commandsOf(page);
  for (const words of commands) {
    expect(await parses(words)).toBe(true);
    for (const word of words.filter((word) => word.startsWith("sample/")))
      expect(existsSync(join(root, word)), word).toBe(true);
  }
  if (["README.md", "docs/cli.md"].includes(page)) expect(commands.length).toBeGreaterThan(5);
});

it("the sample's deployment is of the model that its job registers, and its request of that model's columns", async () => {
  const { spec } = await loadSpecFile(join(root, "sample/deployment.yml"), { kind: "online-deployment" });
  const job = await loadSpecFile(join(root, "sample/job.yml"), { kind: "job" });
  expect(spec.model).toBe("azureml:breast-cancer-classifier@latest");
  expect(job.spec).toMatchObject({ outputs: { model: { name: "breast-cancer-classifier" } } });
  const [header = ""] = readFileSync(join(root, "sample/breast-cancer.csv"), "utf8").split("\n");
  const request = JSON.parse(readFileSync(join(root, "sample/request.json"), "utf8"));
  expect([...request.input_data.columns, "diagnosis"].sort()).toEqual(header.trim().split(",").sort());
});
