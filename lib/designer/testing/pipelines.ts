import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./pipelines/", import.meta.url);

/** Pipelines as people write them for Azure ML: comments, anchors, folded text, odd spaces, Windows line ends. */
export const writtenPipelines: { name: string; text: string }[] = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));

export function writtenPipeline(start: string): string {
  const found = writtenPipelines.find(({ name }) => name.startsWith(start));
  if (!found) throw new Error(`there is no pipeline ${start}`);
  return found.text;
}
