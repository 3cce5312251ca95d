import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { removePrograms } from "../../runner/testing/programs.ts";
import { startRunnerProcess } from "../../runner/testing/runner-process.ts";
import { provideUv } from "../../runner/testing/uv.ts";
import type { Preview } from "../model.ts";
import { until } from "./client.ts";

/** What is asked of a port, without the workspace. */
export type Question = Omit<Parameters<TestStudio["api"]["designer"]["preview"]>[0], "workspace">;

export interface PreviewStudio {
  studio: TestStudio;
  /** The workspace's name. */
  workspace: string;
  ask(question: Question): Promise<Preview>;
  /** Asks, and again once the event came that a page waits for. */
  answer(question: Question, timeoutMs: number): Promise<Preview>;
  close(): Promise<void>;
}

/** A studio with a runner that computes previews. */
export async function startPreviewStudio(): Promise<PreviewStudio> {
  const studio = await startTestStudio();
  const workspace = studio.workspace.name;
  await provideUv(studio.services.env.home);
  const runner = await startRunnerProcess(studio.services.variables);
  const ask = (question: Question) => studio.api.designer.preview({ workspace, ...question });
  return {
    studio,
    workspace,
    ask,
    async answer(question, timeoutMs) {
      const first = await ask(question);
      if (first.status !== "queued" && first.status !== "running") return first;
      await until(async () => {
        const rows = await studio.services.sql`
          select 1 from outbox where kind = 'preview' and name = ${first.key} and event in ('ready', 'failed')`;
        return rows.length > 0;
      }, timeoutMs);
      return ask(question);
    },
    async close() {
      await runner.kill("SIGTERM");
      await removePrograms(studio);
      await studio.close();
    },
  };
}
