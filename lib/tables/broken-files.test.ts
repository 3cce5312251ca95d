import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTableEngine } from "./engine.ts";
import type { CsvOptions } from "./model.ts";

const folder = mkdtempSync(join(tmpdir(), "broken-files-"));
const engine = createTableEngine({ memoryMib: 256, tempFolder: join(folder, "spill") });
const good = join(folder, "good.parquet");

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function ingest(file: string, options: CsvOptions = {}) {
  return engine.call("ingestCsv", { file, parquet: join(folder, "out.parquet"), options });
}

const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => {
      throw new Error("the file was taken");
    },
    (error: { code: string; userMessage: string; details: unknown }) => error,
  );

beforeAll(async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `${at},w${(at * 7919) % 10_007},${at / 7}`);
  const file = write("good.csv", `id,word,share\n${lines.join("\n")}\n`);
  await engine.call("ingestCsv", { file, parquet: good, options: {} });
});

afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a Parquet file", () => {
  it("is taken when every value can be read", async () => {
    const shape = await engine.call("checkParquet", { file: good });
    expect(shape).toEqual(await engine.call("inspectParquet", { file: good }));
    expect(shape.rowCount).toBe(20_000);
  });

  it("that is damaged in the middle is refused, with the column and the row", async () => {
    const bytes = readFileSync(good);
    // The first column lies first, behind the four bytes that every file begins with.
    const file = write("damaged.parquet", bytes.fill(0xab, 8, 4_000));
    expect((await engine.call("inspectParquet", { file })).rowCount).toBe(20_000);
    const refused = await refusalOf(engine.call("checkParquet", { file }));
    expect(refused).toMatchObject({ code: "VALIDATION_FAILED", details: { column: 1 } });
    expect(refused.userMessage).toMatch(
      /^Column 1 \(id\) cannot be read after row [\d,]+: the file is damaged there/,
    );
    expect(refused.userMessage).not.toContain(folder);
  });

  it("that was cut off, or is none, is refused in words that name no path of ours", async () => {
    const bytes = readFileSync(good);
    for (const content of [bytes.subarray(0, bytes.length / 2), "a,b\n1,2\n", "PAR1 this is not"]) {
      const { userMessage } = await refusalOf(
        engine.call("checkParquet", { file: write("cut.parquet", content) }),
      );
      expect(userMessage).toMatch(/^This is no Parquet file, or its end is missing/);
      expect(userMessage).not.toContain(folder);
    }
  });
});

describe("a text file in another encoding", () => {
  const text = "name,city\nJürgen,Köln\nAnna,Zürich\n";

  it("is refused with the line when it is no UTF-8, and read when its encoding is named", async () => {
    const file = write("latin.csv", Buffer.from(text, "latin1"));
    const refused = await refusalOf(ingest(file));
    expect(refused.userMessage).toMatch(/^Line 2, column 1 \(name\): .*Choose the one/);
    expect(refused.userMessage).toContain("1 more line is faulty.");
    expect((await ingest(file, { encoding: "latin-1" })).rowCount).toBe(2);
    const wide = write("wide.csv", Buffer.from(`\ufeff${text}`, "utf16le"));
    expect((await ingest(wide, { encoding: "utf-16" })).rowCount).toBe(2);
  });
});
