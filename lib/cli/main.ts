import { Command, CommanderError } from "commander";
import { expandArguments } from "./arguments.ts";
import { describeError, exitCodeOf } from "./errors.ts";
import { groups } from "./groups.ts";

function createProgram(): Command {
  const program = new Command("atelier")
    .description("The command line of Atelier. Its words are those of “az ml”.")
    .enablePositionalOptions();
  for (const register of groups) register(program);
  strict(program);
  return program;
}

/** Errors are thrown, so that this file alone decides the exit code. */
function strict(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) strict(child);
}

async function main(words: string[]): Promise<number> {
  const program = createProgram();
  try {
    const expanded = expandArguments(program, words);
    await program.parseAsync(expanded, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      process.stderr.write(`${error.message.replace(/^error: /, "ERROR: ")}\n`);
      return 2;
    }
    process.stderr.write(`${describeError(error)}\n`);
    const verb = words.filter((word) => !word.startsWith("-")).slice(0, words[0] === "ml" ? 3 : 2);
    return exitCodeOf(error, verb.join(" "));
  }
}

process.exitCode = await main(process.argv.slice(2));
