import type { TestStudio } from "#lib/testing/studio-server.ts";
import { workerLabel, workspaceLabel } from "../labels.ts";
import { createProviders } from "../providers.ts";

/** Ends the warm workers of a test's studio: a runner leaves them for the next one, and here there is none. */
export async function removeWorkers({
  services,
  workspace,
}: Pick<TestStudio, "services" | "workspace">): Promise<void> {
  for (const provider of createProviders(services.env).values()) {
    const items = await provider.list({ [workspaceLabel]: workspace.name }).catch(() => []);
    for (const { handle, labels } of items) if (labels[workerLabel]) await provider.remove(handle);
  }
}
