import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createTableEngine } from "./engine.ts";
import type { RowFilter } from "./model.ts";

const folder = mkdtempSync(join(tmpdir(), "tables-test-"));
const engine = createTableEngine({ memoryMib: 512, tempFolder: join(folder, "spill") });
const parquet = join(folder, "bank.parquet");
const bankCsv = "../shared/data/bank-marketing.csv";
/** A clone of the project alone does not have it. */
const hasBank = existsSync(bankCsv);

afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function ingest(file: string, out = join(folder, "out.parquet")) {
  return engine.call("ingestCsv", { file, parquet: out, options: {} });
}

describe.runIf(hasBank)("bank-marketing.csv", () => {
  it("is read whole, with types", async () => {
    const shape = await ingest(bankCsv, parquet);
    expect(shape.rowCount).toBe(29_999);
    expect(shape.columns).toHaveLength(21);
    expect(shape.columns[0]).toEqual({ name: "age", kind: "integer", sqlType: "BIGINT" });
    expect(shape.columns[15]?.kind).toBe("number");
  });

  it("pages, sorts and filters as a hand-made reading of the file does", async () => {
    const { columns, rowCount } = await engine.call("inspectParquet", { file: parquet });
    const lines = readFileSync(bankCsv, "utf8").trim().split("\n").slice(1);
    const cells = lines.map((line) => line.split(","));
    const read = (filters: RowFilter[], sort?: { column: string; descending: boolean }, offset = 0) =>
      engine.call("readPage", {
        file: parquet,
        columns,
        rowCount,
        query: { offset, limit: 5, filters, ...(sort ? { sort } : {}) },
      });
    const plain = await read([], undefined, 10);
    expect(plain.rows.map((row) => row.map(String).join(","))).toEqual(
      cells
        .slice(10, 15)
        .map((row) =>
          row.map((cell) => (Number.isNaN(Number(cell)) ? cell : String(Number(cell)))).join(","),
        ),
    );
    const oldStudents = cells.filter((row) => Number(row[0]) > 40 && row[1] === "student");
    const page = await read(
      [
        { column: "age", operator: ">", value: 40 },
        { column: "job", operator: "=", value: "student" },
      ],
      { column: "age", descending: true },
    );
    expect(page.matchCount).toBe(oldStudents.length);
    expect(page.rows[0]?.[0]).toBe(Math.max(...oldStudents.map((row) => Number(row[0]))));
    expect((await read([{ column: "job", operator: "contains", value: "BLUE" }])).matchCount).toBe(
      cells.filter((row) => row[1]?.includes("blue")).length,
    );
    await expect(read([{ column: "nope", operator: "=", value: 1 }])).rejects.toMatchObject({
      issues: [{ path: "filters.0.column" }],
    });
    await expect(read([{ column: "age", operator: ">", value: "old" }])).rejects.toMatchObject({
      issues: [{ path: "filters.0.value" }],
    });
  });

  it("has a profile that agrees with its numbers", async () => {
    const { columns, rowCount } = await engine.call("inspectParquet", { file: parquet });
    const profile = await engine.call("profileTable", { file: parquet, columns, rowCount });
    const ages = readFileSync(bankCsv, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(",")[0]));
    const age = profile.columns[0];
    expect(age?.mean).toBeCloseTo(ages.reduce((a, b) => a + b) / ages.length, 8);
    expect(age?.min).toBe(Math.min(...ages));
    expect(age?.histogram.reduce((sum, bin) => sum + bin.count, 0)).toBe(29_999);
    const label = profile.columns.find((column) => column.name === "y");
    expect(label?.histogram.map((bin) => bin.label)).toEqual(["no", "yes"]);
  });
});

describe.runIf(hasBank)("a broken file", () => {
  const lines = hasBank ? readFileSync(bankCsv, "utf8").trim().split("\n") : [];

  it("names line and column of a row with too many fields", async () => {
    const file = write("many.csv", lines.with(1203, `${lines[1203]},extra`).join("\n"));
    await expect(ingest(file)).rejects.toMatchObject({
      userMessage: "Line 1,204, column 22: 22 fields where 21 were expected.",
      details: { line: 1204, column: 22 },
    });
  });

  it("names line and column of a row with too few fields, and counts the others", async () => {
    const short = (line = "") => line.split(",").slice(0, 10).join(",");
    const file = write(
      "few.csv",
      lines.with(1203, short(lines[1203])).with(2000, short(lines[2000])).join("\n"),
    );
    await expect(ingest(file)).rejects.toMatchObject({
      userMessage:
        "Line 1,204, column 11 (duration): 10 fields where 21 were expected. 1 more line is faulty.",
    });
  });

  it("is refused when a quote never closes, when it is empty, and when it is no text at all", async () => {
    await expect(ingest(write("quote.csv", 'a,b\n1,2\n"x,3\n4,5\n'))).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    await expect(ingest(write("empty.csv", ""))).rejects.toMatchObject({ userMessage: "The file is empty." });
    await expect(
      engine.call("inspectParquet", { file: write("no.parquet", "PAR1 this is not") }),
    ).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });
});

describe("odd but good files", () => {
  it("keeps missing values, dates, wide numbers and quoted text", async () => {
    const file = write(
      "odd.csv",
      'id;when;text;flag\n9007199254740993;2016-01-02 03:04:05;"a;""b""";true\n1;;"";false\n',
    );
    const out = join(folder, "odd.parquet");
    const { columns, rowCount } = await ingest(file, out);
    expect(columns.map((column) => column.kind)).toEqual(["integer", "datetime", "text", "boolean"]);
    const page = await engine.call("readPage", {
      file: out,
      columns,
      rowCount,
      query: { offset: 0, limit: 10, filters: [] },
    });
    expect(page.rows[0]).toEqual(["9007199254740993", "2016-01-02 03:04:05", 'a;"b"', true]);
    expect(page.rows[1]?.[1]).toBeNull();
    const profile = await engine.call("profileTable", { file: out, columns, rowCount });
    expect(profile.columns[1]?.missingCount).toBe(1);
  });

  it("leaves codes as they are written: leading zeros, plus signs, numbers past 64 bits", async () => {
    const rows = [
      "zip,phone,long,month,hex,share,count,below,mixed",
      "01067,+49351,12345678901234567890,01,0x1F,0.5,0,-07,1.5",
      "80331,+4989,12345678901234567891,12,0x2A,00.75,10,5,12345678901234567890",
    ];
    const { columns } = await ingest(write("codes.csv", rows.join("\n")));
    expect(Object.fromEntries(columns.map(({ name, kind }) => [name, kind]))).toEqual({
      ...{ zip: "text", phone: "text", long: "text", month: "text", hex: "text", share: "text" },
      ...{ count: "integer", below: "integer", mixed: "number" },
    });
    const page = await engine.call("readPage", {
      ...{ file: join(folder, "out.parquet"), columns, rowCount: 2 },
      query: { offset: 0, limit: 1, filters: [] },
    });
    expect(page.rows[0]?.slice(0, 3)).toEqual(["01067", "+49351", "12345678901234567890"]);
  });

  it("takes the usual words for missing values, as the modules do", async () => {
    const { columns } = await ingest(write("na.csv", "age,name,rate\n31,Ann,0.5\nNA,NULL,NaN\n40,,n/a\n"));
    expect(columns.map(({ kind }) => kind)).toEqual(["integer", "text", "number"]);
    const page = await engine.call("readPage", {
      ...{ file: join(folder, "out.parquet"), columns, rowCount: 3 },
      query: { offset: 1, limit: 2, filters: [] },
    });
    expect(page.rows).toEqual([
      [null, null, null],
      [40, null, null],
    ]);
  });

  it("reads a header without rows", async () => {
    const shape = await ingest(write("head.csv", "a,b,c\n"));
    expect(shape).toMatchObject({ rowCount: 0 });
    expect(shape.columns).toHaveLength(3);
  });
});

it.runIf(hasBank)(
  "starts a new worker after the old one was killed by a call that took too long",
  async () => {
    const file = write("slow.csv", `a,b\n${"1,2\n".repeat(3_000_000)}`);
    await expect(
      engine.call("ingestCsv", { file, parquet: join(folder, "slow.parquet"), options: {} }, 20),
    ).rejects.toMatchObject({ code: "TIMEOUT" });
    expect((await ingest(bankCsv)).rowCount).toBe(29_999);
  },
);

describe("a query over a table", () => {
  const file = join(folder, "people.parquet");
  const ask = (sql: string) =>
    engine.call("queryTable", {
      file,
      format: "parquet",
      sql,
      maxRows: 3,
      maxSourceRows: 1000,
      memoryMib: 128,
    });

  it("answers rows with their types, and says that there are more", async () => {
    await ingest(write("people.csv", "name,age,score\nAda,36,1.5\nBen,,2\nCid,4,3\nDot,5,4\n"), file);
    const all = await ask("select * from data");
    expect(all.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["name", "text"],
      ["age", "integer"],
      ["score", "number"],
    ]);
    expect(all).toMatchObject({
      more: true,
      rows: [
        ["Ada", 36, 1.5],
        ["Ben", null, 2],
        ["Cid", 4, 3],
      ],
    });
    const one = await ask("select count(*) as n, sum(age) as s, [1, 2] as l from data where score > 1.7");
    expect(one).toMatchObject({ more: false, rows: [[3, 9, "[1,2]"]] });
  });

  it("names the line of a fault", async () => {
    await expect(ask("select name,\n  agee\nfrom data")).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      userMessage: expect.stringContaining("agee"),
      details: { line: 2, column: 3 },
    });
    await expect(ask("selec 1")).rejects.toMatchObject({ details: { line: 1, column: 1 } });
    await expect(ask("  ")).rejects.toMatchObject({ userMessage: "Write a query." });
  });

  it("only reads, and nothing but the table", async () => {
    const out = join(folder, "out.csv");
    const refused = [
      "drop table data",
      "insert into data values ('x', 1, 1)",
      "select 1; select 2",
      "set memory_limit='8GB'",
      `copy data to '${out}'`,
      `select * from read_csv('${join(folder, "people.csv")}')`,
      `select * from read_parquet('${file}')`,
      `select * from glob('${folder}/*')`,
      `attach '${join(folder, "x.db")}'`,
      "install httpfs",
      "select * from data where age = ?",
    ];
    for (const sql of refused)
      await expect(ask(sql), sql).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    expect(existsSync(out)).toBe(false);
    expect((await ask("select count(*) from data")).rows).toEqual([[4]]);
  });

  it("ends a query that takes too much", async () => {
    const endless = "select count(*) from range(1000000000000) a, range(1000000) b";
    const input = {
      file,
      format: "parquet" as const,
      sql: endless,
      maxRows: 3,
      maxSourceRows: 1000,
      memoryMib: 128,
    };
    await expect(engine.call("queryTable", input, 700)).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(ask("select list(range) from range(200000000)")).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    expect((await ask("select 1")).rows).toEqual([[1]]);
  });
});

it("gives the first rows of a Parquet file as one of its own, when there are more", async () => {
  const lines = Array.from({ length: 300_000 }, (_, at) => `${at},${at % 7 === 0 ? "" : `w${at}`}`);
  const file = join(folder, "long.parquet");
  await ingest(write("long.csv", `id,word\n${lines.join("\n")}\n`), file);
  const head = join(folder, "head.parquet");
  expect(await engine.call("headParquet", { file, parquet: head, rows: 300_000 })).toBeNull();
  expect(existsSync(head)).toBe(false);
  expect(await engine.call("headParquet", { file, parquet: head, rows: 10_000 })).toEqual({ rows: 10_000 });
  const { columns, rowCount } = await engine.call("inspectParquet", { file: head });
  expect(rowCount).toBe(10_000);
  expect(columns).toEqual((await engine.call("inspectParquet", { file })).columns);
  const query = { offset: 9_998, limit: 5, filters: [] };
  const page = await engine.call("readPage", { file: head, columns, rowCount, query });
  expect(page.rows).toEqual([
    [9_998, "w9998"],
    [9_999, "w9999"],
  ]);
});
