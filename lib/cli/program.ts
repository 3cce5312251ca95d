import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, Help } from "commander";
import { expandArguments, findCommand } from "./arguments.ts";
import { describeError, exitCodeOf } from "./errors.ts";
import { groups } from "./groups.ts";

function ownVersion(): string {
  const file = join(import.meta.dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** What commander says of an option, and whether it may be left out. */
const describeOption: Help["optionDescription"] = (option) => {
  const words = new Help().optionDescription(option);
  return option.mandatory ? `${words} (required)` : words;
};

export function createProgram(): Command {
  const program = new Command("atelier")
    .description("The command line of Atelier. Its words are those of “az ml”.")
    .version(ownVersion())
    .enablePositionalOptions()
    .configureHelp({ optionDescription: describeOption })
    .addHelpText(
      "after",
      "\nBegin with “atelier login --url URL --email E-MAIL”; docs/cli.md tells the rest.",
    );
  for (const register of groups) register(program);
  strict(program);
  return program;
}

/** Errors are thrown, so that `runCommandLine` alone decides the exit code. */
function strict(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) strict(child);
}

/** Runs one command line and answers its exit code: 0 done; 1 error; 2 bad command line; 3 `show` of something missing. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  const program = createProgram();
  let verb = "";
  program.hook("preAction", (_, action) => {
    verb = action.name();
  });
  try {
    await program.parseAsync(expandArguments(program, words), { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      process.stderr.write(`${describeError(error)}\n`);
      if (words.includes("--debug") && error instanceof Error) process.stderr.write(`${error.stack}\n`);
      return exitCodeOf(error, verb);
    }
    if (error.exitCode === 0) return 0;
    // A group without a verb has printed its help already.
    if (error.code !== "commander.help") {
      const more = `See “${pathOf(findCommand(program, words))} --help”.`;
      process.stderr.write(`${error.message.replace(/^error: /, "ERROR: ")}\n${more}\n`);
    }
    return 2;
  }
}

/** A command as it is typed: `atelier job create`. */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
