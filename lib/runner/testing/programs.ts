import type { TestStudio } from "#lib/testing/studio-server.ts";
import { studioLabel } from "../labels.ts";
import { createProviders } from "../providers.ts";
import { readStudioId } from "../studio-id.ts";

/** Ends all that a test's studio has started, warm workers and instances too: a runner leaves them for the next one, and here there is none. */
export async function removePrograms({ services }: Pick<TestStudio, "services">): Promise<void> {
  const own = { [studioLabel]: await readStudioId(services) };
  for (const provider of createProviders(services.env).values()) {
    for (const { handle } of await provider.list(own).catch(() => [])) await provider.remove(handle);
  }
}
