import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { storeBlob } from "#lib/files/commands.ts";
import { blobKey } from "#lib/files/keys.ts";
import { perServices } from "#lib/services/per-services.ts";
import type { Services } from "#lib/services/services.ts";
import { createTableEngine, type TableEngine } from "#lib/tables/engine.ts";
import { createLocalFiles, type LocalFiles } from "#lib/tables/local-files.ts";
import type { CsvOptions } from "#lib/tables/model.ts";
import type { DatasetTable } from "./model.ts";

export interface TableService {
  engine: TableEngine;
  /** The local copy of a blob. */
  fetch(workspaceId: string, sha256: string): Promise<string>;
  /** Reads a file whole as a table; a faulty one is a 400 with line and column. */
  ingest(
    workspaceId: string,
    file: { path: string; sha256: string; format: "csv" | "parquet" },
    options: CsvOptions,
  ): Promise<DatasetTable>;
}

const cacheBytes = 5 * 1024 ** 3;
const ingestTimeoutMs = 10 * 60_000;

function createTableService(services: Services): TableService {
  const engine = createTableEngine({
    memoryMib: 1024,
    tempFolder: join(services.env.home, "cache", "spill"),
  });
  const files: LocalFiles = createLocalFiles(join(services.env.home, "cache", "files"), cacheBytes);
  return {
    engine,
    fetch: (workspaceId, sha256) => files.get(sha256, () => services.store.get(blobKey(workspaceId, sha256))),
    async ingest(workspaceId, file, options) {
      if (file.format === "parquet") {
        const shape = await engine.call("checkParquet", { file: file.path }, ingestTimeoutMs);
        return { ...shape, parquetSha256: file.sha256 };
      }
      const parquet = await files.scratch("parquet");
      try {
        const shape = await engine.call("ingestCsv", { file: file.path, parquet, options }, ingestTimeoutMs);
        const { sha256: parquetSha256 } = await storeBlob(services, workspaceId, createReadStream(parquet));
        return { ...shape, parquetSha256 };
      } finally {
        await rm(parquet, { force: true });
      }
    },
  };
}

/** The one table engine of this process. */
export const getTableService = perServices("tables", createTableService);
