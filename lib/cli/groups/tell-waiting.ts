import { setTimeout as sleep } from "node:timers/promises";
import type { RunEvent } from "#lib/runs/model.ts";
import type { Connection } from "../connection.ts";

const pauseMs = 1_500;
/** While a run is in one of these, its command has not begun and its log is empty. */
const before = new Set(["NotStarted", "Starting", "Provisioning", "Preparing", "Queued"]);

/**
 * Tells what a run waits for, and how its environment is made, until its command begins: until then its log says nothing.
 * A question without an answer is asked again; whoever follows the log decides when to give up.
 */
export async function tellWaiting(
  connection: Connection,
  one: { workspace: string; run: string },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let status = "NotStarted";
  let lastId = -1;
  let told = "";
  while (!signal.aborted) {
    const events = await connection.api.runs.events(one).then(
      ({ items }) => items.filter(({ id }) => id > lastId),
      (): RunEvent[] => [],
    );
    for (const { id, event, reason } of events) {
      lastId = id;
      if (event !== "note") status = event;
      if (!before.has(status)) return;
      const line = reason === "" ? "" : `${status}: ${reason}`;
      if (line !== "" && line !== told) say(line);
      told = line || told;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}
