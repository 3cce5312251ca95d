import type { DuckDBConnection } from "@duckdb/node-api";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import type { Answer, Call, Operations } from "../protocol.ts";
import { openConnection } from "./connection.ts";
import { ingestCsv } from "./ingest.ts";
import { checkParquet, headParquet, inspectParquet } from "./parquet.ts";
import { profileTable } from "./profile.ts";
import { queryTable } from "./query.ts";
import { readPage } from "./rows.ts";

type Implementation = {
  [K in keyof Operations]: (
    db: DuckDBConnection,
    input: Operations[K]["input"],
  ) => Promise<Operations[K]["output"]>;
};

const operations: Implementation = {
  checkParquet,
  headParquet,
  ingestCsv,
  inspectParquet,
  readPage,
  profileTable,
  queryTable,
};

const settings = {
  memoryMib: Number(process.env.TABLES_MEMORY_MIB),
  tempFolder: String(process.env.TABLES_TEMP_FOLDER),
};

async function answer(call: Call): Promise<Answer> {
  try {
    const db = await openConnection(settings);
    const run = operations[call.operation] as (db: DuckDBConnection, input: unknown) => Promise<unknown>;
    return { id: call.id, output: await run(db, call.input) };
  } catch (error) {
    if (!isAppError(error)) return { id: call.id, failure: messageOf(error) };
    const { code, userMessage, issues, details } = error;
    return { id: call.id, refused: { code, userMessage, issues, details } };
  }
}

// One call at a time: the engine itself uses every core, and memory stays within one budget.
let queue = Promise.resolve();
process.on("message", (call: Call) => {
  queue = queue.then(async () => {
    process.send?.(await answer(call));
  });
});
process.on("disconnect", () => process.exit(0));
