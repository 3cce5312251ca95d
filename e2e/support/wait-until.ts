import { setTimeout as wait } from "node:timers/promises";
import { buildMs } from "./settings.ts";

/** Asks twice a second, as long as the making of an environment may take. */
export async function waitUntil(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + buildMs;
  while (Date.now() < deadline) {
    if (await isSo()) return;
    await wait(500);
  }
  throw new Error(otherwise);
}
