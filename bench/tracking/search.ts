import { connectDatabase } from "#db/client.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace } from "#lib/testing/workspace.ts";
import { countRuns, type RunSearch, searchRuns } from "#lib/tracking/search/search-runs.ts";
import { generateRuns } from "./generate-runs.ts";

const runCount = Number(process.argv[2] ?? 100_000);

const searches: Record<string, Omit<RunSearch, "workspaceId" | "limit" | "view">> = {
  "newest first": {},
  "one experiment": { experimentNumbers: [3] },
  "by status": { filter: "status = failed" },
  "by metric": { filter: "metrics.auc > 0.9" },
  "rare metric": { filter: "metrics.auc > 0.9999" },
  "metric, status and tag": { filter: 'metrics.auc > 0.8 and status = completed and tags.leak != "yes"' },
  "by parameter": { filter: 'params.p3 = "12"' },
  "two parameters": { filter: 'params.p3 = "12" and params.p7 = "28"' },
  "by part of a name": { filter: 'name ILIKE "%4242%"' },
  "sorted by metric": { orderBy: "metrics.auc desc" },
  "filtered, sorted by metric": {
    filter: "metrics.auc > 0.8 and status = completed",
    orderBy: "metrics.auc desc",
  },
  "sorted by parameter": { orderBy: "params.p3" },
  "sorted by duration": { orderBy: "duration desc" },
};

async function time(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}

/** Prints, for each search, the median milliseconds of a page of 50, of the page after it and of the count. */
const database = await createTestDatabase();
const client = connectDatabase(database.url);
try {
  const workspace = await createTestWorkspace(client.db);
  await generateRuns(client.sql, workspace.id, runCount);
  console.log(`${runCount} runs: median ms of first page, second page, count`);
  for (const [name, search] of Object.entries(searches)) {
    const query: RunSearch = { ...search, workspaceId: workspace.id, limit: 50, view: "active" };
    const first = await searchRuns(client.db, query);
    const cursor = first.nextCursor ?? undefined;
    const [page, next, count] = [
      await time(() => searchRuns(client.db, query)),
      cursor ? await time(() => searchRuns(client.db, { ...query, cursor })) : 0,
      await time(() => countRuns(client.db, query)),
    ];
    const total = await countRuns(client.db, query);
    console.log(
      `${name.padEnd(28)} ${page.toFixed(0).padStart(6)} ${next.toFixed(0).padStart(6)} ${count.toFixed(0).padStart(6)}   ${total} found`,
    );
  }
} finally {
  await client.close();
  await database.drop();
}
