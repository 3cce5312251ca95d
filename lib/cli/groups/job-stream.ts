import { sleep } from "#lib/core/time.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { Connection } from "../connection.ts";

const logName = "user_logs/std_log.txt";

/**
 * Prints a run's log as `az ml` does, until the run has ended; a run that failed or was canceled is an error. The
 * connection may break: reading goes on at the byte where it stopped.
 */
export async function streamJob(connection: Connection, workspace: string, name: string): Promise<void> {
  const one = { workspace, run: name };
  const first = await connection.api.runs.get(one);
  process.stdout.write(`RunId: ${name}\nWeb View: ${first.studioUrl}\n\nStreaming ${logName}\n`);
  process.stdout.write(`${"=".repeat(`Streaming ${logName}`.length)}\n\n`);
  let offset = 0;
  let status = first.status;
  for (let failures = 0; ; ) {
    try {
      offset = await follow(connection, workspace, name, offset);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > 10) throw error;
      await sleep(500 * failures);
      continue;
    }
    status = (await connection.api.runs.get(one)).status;
    if (isTerminal(status)) break;
    await sleep(300);
  }
  const run = await connection.api.runs.get(one);
  process.stdout.write(
    `\nExecution Summary\n=================\nRunId: ${name}\nStatus: ${status}\nWeb View: ${run.studioUrl}\n`,
  );
  if (status !== "Completed") {
    throw new Error(
      run.error
        ? `${run.error.message}${run.error.hint ? ` ${run.error.hint}` : ""}`
        : `The run ended as ${status}.`,
    );
  }
}

async function follow(
  connection: Connection,
  workspace: string,
  name: string,
  from: number,
): Promise<number> {
  const path = `/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(name)}/log?follow=1&offset=${from}`;
  const response = await connection.fetch(path);
  let offset = from;
  for await (const chunk of response.body ?? []) {
    offset += chunk.length;
    process.stdout.write(chunk);
  }
  return offset;
}
