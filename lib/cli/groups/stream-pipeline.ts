import { formatDuration } from "#lib/core/duration.ts";
import { notFound } from "#lib/core/errors.ts";
import type { RunGraph, StepState } from "#lib/pipelines/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import type { Connection } from "../connection.ts";
import { waitUntil } from "../wait.ts";

const pauseMs = 400;

/** Prints what becomes of each step of a pipeline until the whole has ended, and answers how it did. */
export async function followSteps(
  connection: Connection,
  workspace: string,
  run: string,
): Promise<Pick<RunGraph, "nodes" | "status">> {
  const told = new Map<string, string>();
  const width = { name: 0 };
  const look = ({ nodes }: RunGraph) => {
    width.name = Math.max(...nodes.map(({ name }) => name.length));
    for (const { step, words } of newsOf(nodes, told)) {
      const at = new Date(isTerminal(step.status) ? (step.endedAt ?? Date.now()) : Date.now());
      const clock = at.toISOString().slice(11, 19);
      process.stdout.write(`[${clock}Z] ${step.name.padEnd(width.name)}  ${words}\n`);
    }
  };
  const ask = () => connection.api.pipelines.graph({ workspace, run });
  const ended = await waitUntil(ask, ({ status }) => isTerminal(status), { look, pauseMs });
  if (!ended) throw notFound(`Run “${run}”`);
  return ended;
}

/** Steps whose state is another than was told, those that ended first coming first. */
function newsOf(
  nodes: readonly StepState[],
  told: Map<string, string>,
): { step: StepState; words: string }[] {
  const news = nodes.flatMap((step) => {
    if (step.status === "NotStarted" || told.get(step.name) === step.status) return [];
    told.set(step.name, step.status);
    return [{ step, words: describeStep(step) }];
  });
  const endOf = ({ step }: { step: StepState }) => step.endedAt ?? Number.POSITIVE_INFINITY;
  return news.sort((a, b) => (endOf(a) === endOf(b) ? 0 : endOf(a) - endOf(b)));
}

function describeStep({ status, reusedRunName, startedAt, endedAt, fact, error }: StepState): string {
  if (!isTerminal(status)) return status;
  if (reusedRunName !== null && status === "Completed") return `reused from ${reusedRunName}`;
  if (startedAt === null) return error ? `${status}  ${error.message}` : `${status}  not run`;
  const took = endedAt === null ? "" : formatDuration(endedAt - startedAt);
  return [status, took, error?.message ?? fact ?? ""].filter(Boolean).join("  ");
}

/** "3 completed, 1 of them reused; 1 failed; 2 not completed". */
export function countSteps(nodes: readonly StepState[]): string {
  const count = (is: (step: StepState) => boolean) => nodes.filter(is).length;
  const completed = count(({ status }) => status === "Completed");
  const reused = count(({ status, reusedRunName }) => status === "Completed" && reusedRunName !== null);
  const failed = count(({ status }) => status === "Failed");
  const rest = nodes.length - completed - failed;
  const words = [
    `${completed} completed${reused > 0 ? `, ${reused} of them reused` : ""}`,
    failed > 0 ? `${failed} failed` : "",
    rest > 0 ? `${rest} canceled or not run` : "",
  ];
  return words.filter(Boolean).join("; ");
}

/** What scripts print ends with no full stop; another sentence follows. */
function asSentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** Each step that failed, why, and where its log is. */
export function describeFailures(nodes: readonly StepState[]): string {
  return nodes
    .filter(({ status }) => status === "Failed")
    .map(({ name, error, runName }) => {
      const why = error
        ? [error.message, error.hint ?? ""].filter(Boolean).map(asSentence).join(" ")
        : "It does not say why.";
      return `The step “${name}” failed: ${why} Its log: atelier job stream -n ${runName}`;
    })
    .join("\n");
}
