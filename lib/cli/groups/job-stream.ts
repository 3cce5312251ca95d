import { setTimeout as sleep } from "node:timers/promises";
import { formatDuration } from "#lib/core/duration.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { Connection } from "../connection.ts";
import { countSteps, describeFailures, followSteps } from "./stream-pipeline.ts";
import { tellWaiting } from "./tell-waiting.ts";

const logName = "user_logs/std_log.txt";

/** So many questions in a row may stay without an answer, with growing pauses: about two minutes. */
const maxFailures = 12;

/**
 * Prints what a run does as `az ml` does, until it has ended: its log, or the states of a pipeline's steps; `say` gets
 * what it waits for before. One that failed or was canceled is an error. The connection may break: reading goes on at the byte where it stopped.
 */
export async function streamJob(
  connection: Connection,
  workspace: string,
  name: string,
  say: (line: string) => void,
): Promise<void> {
  const run = await connection.api.runs.get({ workspace, run: name });
  const title = run.type === "pipeline" ? "Streaming the steps" : `Streaming ${logName}`;
  process.stdout.write(
    `RunId: ${name}\nWeb View: ${run.studioUrl}\n\n${title}\n${"=".repeat(title.length)}\n\n`,
  );
  if (run.type === "pipeline") return streamPipeline(connection, workspace, name);
  const over = new AbortController();
  if (!isTerminal(run.status)) void tellWaiting(connection, { workspace, run: name }, say, over.signal);
  const ended = await followLog(connection, workspace, run).finally(() => over.abort());
  printSummary(ended);
  if (ended.status !== "Completed") throw new Error(endingOf(ended));
}

async function streamPipeline(connection: Connection, workspace: string, name: string): Promise<void> {
  const { nodes } = await followSteps(connection, workspace, name);
  const ended = await connection.api.runs.get({ workspace, run: name });
  const { durationMs, status } = ended;
  const took = durationMs === null ? [] : [`Duration: ${formatDuration(durationMs)}`];
  printSummary(ended, [`Steps: ${countSteps(nodes)}`, ...took]);
  if (status !== "Completed") throw new Error(describeFailures(nodes) || endingOf(ended));
}

function printSummary({ name, status, studioUrl }: RunDetails, more: string[] = []): void {
  const lines = [
    "",
    "Execution Summary",
    "=================",
    `RunId: ${name}`,
    `Status: ${status}`,
    ...more,
  ];
  process.stdout.write(`${lines.join("\n")}\nWeb View: ${studioUrl}\n`);
}

async function followLog(connection: Connection, workspace: string, found: RunDetails): Promise<RunDetails> {
  const { name } = found;
  const one = { workspace, run: name };
  const place: LogPlace = { attempt: 0, offset: 0 };
  for (let failures = 0; ; ) {
    try {
      await follow(connection, workspace, name, place);
      const run = await connection.api.runs.get(one);
      failures = 0;
      const newest = run.attempts.at(-1)?.number ?? 0;
      // A run that is tried again writes a new log.
      if (place.attempt !== 0 && newest > place.attempt) Object.assign(place, { attempt: newest, offset: 0 });
      else if (isTerminal(run.status)) return run;
    } catch (error) {
      // A log that is silent for minutes ends the request as well; only a studio that does not answer counts.
      const answers = await connection.api.runs.get(one).catch(() => null);
      failures = answers ? 0 : failures + 1;
      if (failures > maxFailures) throw error;
    }
    await sleep(300 + 1500 * failures);
  }
}

/** The next byte to print, and of which attempt's log; 0: of the newest. */
interface LogPlace {
  attempt: number;
  offset: number;
}

/** Prints what the log has from `place` on, which moves on with every piece printed. */
async function follow(
  connection: Connection,
  workspace: string,
  name: string,
  place: LogPlace,
): Promise<void> {
  const run = `/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(name)}`;
  const attempt = place.attempt === 0 ? "" : `&attempt=${place.attempt}`;
  const response = await connection.fetch(`${run}/log?follow=1&offset=${place.offset}${attempt}`);
  place.attempt = Number(response.headers.get("x-log-attempt") ?? place.attempt);
  for await (const chunk of response.body ?? []) {
    process.stdout.write(chunk);
    place.offset += chunk.length;
  }
}

function endingOf({ error, status }: RunDetails): string {
  if (!error) return `The run ended as ${status}.`;
  return error.hint ? `${error.message} ${error.hint}` : error.message;
}
