import { writeFile } from "node:fs/promises";
import { makeTables, toCsv } from "./tables.ts";

/** Writes `data/*.csv` anew. A test compares the files with what this makes. */
for (const table of makeTables()) {
  const file = new URL(`data/${table.name}.csv`, import.meta.url);
  const text = toCsv(table);
  await writeFile(file, text);
  process.stdout.write(`${table.name}.csv: ${table.rows.length} rows, ${text.length} bytes\n`);
}
