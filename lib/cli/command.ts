import { type Command, Option } from "commander";
import { type Connection, connect, workspaceOf } from "./connection.ts";
import { applyQuery, formatResult, type OutputFormat, outputFormats } from "./output.ts";

/** What every command takes, as in `az ml`. */
export interface GlobalFlags {
  output: OutputFormat;
  query?: string;
  workspaceName?: string;
  onlyShowErrors?: boolean;
}

export interface Invocation<F> {
  flags: F & GlobalFlags;
  connection: Connection;
  /** Throws a usage error when none was given. */
  workspace: string;
  /** Progress and warnings, on standard error. */
  say(line: string): void;
}

/** Called last, so that the help of a command begins with what is its own. */
export function addGlobalOptions(command: Command): Command {
  return command
    .optionsGroup("Of every command:")
    .addOption(
      new Option("-o, --output <format>", "how to print the result")
        .choices([...outputFormats])
        .env("ATELIER_CORE_OUTPUT")
        .default("json"),
    )
    .option("--query <expression>", "JMESPath expression on the result")
    .option("-w, --workspace-name <name>", "the workspace; default: configure --defaults workspace=…")
    .option("-g, --resource-group <name>", "accepted and ignored")
    .option("--subscription <name>", "accepted and ignored")
    .option("--only-show-errors", "no progress on standard error")
    .option("--debug", "where an error came from, too")
    .option("--verbose", "accepted and ignored");
}

export function printResult(result: unknown, flags: GlobalFlags): void {
  const text = formatResult(applyQuery(result, flags.query), flags.output, flags.query !== undefined);
  if (text) process.stdout.write(`${text}\n`);
}

/** Adds a verb to a group. `run` gets flags, a connection and the workspace; what it returns is printed. */
export function addVerb<F extends object>(
  group: Command,
  verb: string,
  description: string,
  define: (command: Command) => Command,
  run: (invocation: Invocation<F>) => Promise<unknown>,
): Command {
  const command = addGlobalOptions(define(group.command(verb).description(description)));
  return command.action(async () => {
    const flags = command.opts<F & GlobalFlags>();
    const result = await run({
      flags,
      get connection() {
        return connect();
      },
      get workspace() {
        return workspaceOf(flags.workspaceName);
      },
      say(line) {
        if (!flags.onlyShowErrors) process.stderr.write(`${line}\n`);
      },
    });
    printResult(result, flags);
  });
}
