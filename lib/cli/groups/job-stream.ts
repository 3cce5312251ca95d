import { setTimeout as sleep } from "node:timers/promises";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { Connection } from "../connection.ts";

const logName = "user_logs/std_log.txt";

/** So many questions in a row may stay without an answer, with growing pauses: about two minutes. */
const maxFailures = 12;

/**
 * Prints a run's log as `az ml` does, until the run has ended; a run that failed or was canceled is an error. The
 * connection may break: reading goes on at the byte where it stopped.
 */
export async function streamJob(connection: Connection, workspace: string, name: string): Promise<void> {
  const one = { workspace, run: name };
  let run = await connection.api.runs.get(one);
  const title = `Streaming ${logName}`;
  process.stdout.write(
    `RunId: ${name}\nWeb View: ${run.studioUrl}\n\n${title}\n${"=".repeat(title.length)}\n\n`,
  );
  const place = { offset: 0 };
  for (let failures = 0; ; ) {
    try {
      await follow(connection, workspace, name, place);
      run = await connection.api.runs.get(one);
      failures = 0;
      if (isTerminal(run.status)) break;
    } catch (error) {
      // A log that is silent for minutes ends the request as well; only a studio that does not answer counts.
      const answers = await connection.api.runs.get(one).catch(() => null);
      failures = answers ? 0 : failures + 1;
      if (failures > maxFailures) throw error;
    }
    await sleep(300 + 1500 * failures);
  }
  const { status, studioUrl } = run;
  const lines = ["", "Execution Summary", "=================", `RunId: ${name}`, `Status: ${status}`];
  process.stdout.write(`${lines.join("\n")}\nWeb View: ${studioUrl}\n`);
  if (status !== "Completed") throw new Error(endingOf(run));
}

/** Prints what the log has from `place.offset` on, which moves on with every piece printed. */
async function follow(
  connection: Connection,
  workspace: string,
  name: string,
  place: { offset: number },
): Promise<void> {
  const run = `/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(name)}`;
  const response = await connection.fetch(`${run}/log?follow=1&offset=${place.offset}`);
  for await (const chunk of response.body ?? []) {
    process.stdout.write(chunk);
    place.offset += chunk.length;
  }
}

function endingOf({ error, status }: RunDetails): string {
  if (!error) return `The run ended as ${status}.`;
  return error.hint ? `${error.message} ${error.hint}` : error.message;
}
