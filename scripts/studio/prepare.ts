import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const timeoutMs = 120_000;

/** Migrations, bucket, first administrator. Returns the one-time link that makes the administrator, if one is needed. */
export async function prepareStudio(
  root: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, "lib", "server", "prepare.ts")],
      {
        cwd: root,
        env,
        signal,
        timeout: timeoutMs,
      },
    );
    const line = stdout.trim().split("\n").at(-1) ?? "";
    return (JSON.parse(line) as { setupUrl: string | null }).setupUrl;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new Error(said || `Cannot prepare the studio: ${String(error)}`, { cause: error });
  }
}
