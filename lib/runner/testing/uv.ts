import { join } from "node:path";
import { findUv } from "#lib/environments/build/uv.ts";
import { preparePythonTools } from "../../../scripts/services/python-tools.ts";

/** Sees that local compute can make its environments: with the uv of the machine, else one of the test's own. */
export async function provideUv(home: string): Promise<void> {
  const found = await findUv(home).catch(() => null);
  if (found === null) await preparePythonTools(join(home, "tools"));
}
