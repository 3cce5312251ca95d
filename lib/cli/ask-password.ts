import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Asks on the terminal; what is typed is not shown. Throws when it is given up with Ctrl-C. */
export async function askPassword(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stop = new AbortController();
  prompt.once("SIGINT", () => stop.abort(new Error("Not signed in.")));
  process.stderr.write("Password: ");
  try {
    return await prompt.question("", { signal: stop.signal });
  } catch {
    throw new Error("Not signed in.");
  } finally {
    prompt.close();
    process.stderr.write("\n");
  }
}
