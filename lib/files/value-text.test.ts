import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { createTree, storeBlob } from "./commands.ts";
import { findValueText } from "./value-text.ts";

let studio: TestStudio;

beforeAll(async () => {
  studio = await startTestStudio();
});

afterAll(() => studio?.close());

async function read(...contents: string[]): Promise<string | null> {
  const { services, workspace } = studio;
  const files = await Promise.all(
    contents.map(async (content, at) => {
      const { sha256 } = await storeBlob(services, workspace.id, Readable.from([Buffer.from(content)]));
      return { path: `part-${at}`, sha256 };
    }),
  );
  const { digest } = await createTree(services.db, workspace.id, files);
  return findValueText(services, workspace.id, { kind: "tree", digest });
}

it("reads the only file that a step wrote, without the end of its line", async () => {
  expect(await read("17\n")).toBe("17");
  expect(await read(" two words\r\n")).toBe(" two words");
  expect(await read("")).toBe("");
});

it("takes several files, none, and more than 64 KiB for no value", async () => {
  expect(await read("1", "2")).toBeNull();
  expect(await read()).toBeNull();
  expect(await read("x".repeat(65_536))).toHaveLength(65_536);
  expect(await read("x".repeat(65_537))).toBeNull();
});
