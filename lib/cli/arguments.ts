import type { Command } from "commander";
import { UsageError } from "./errors.ts";

function optionsOf(command: Command): string[] {
  const own = command.options.flatMap((option) => (option.long ? [option.long] : []));
  return command.parent ? [...own, ...optionsOf(command.parent)] : own;
}

function withoutMl(words: readonly string[]): readonly string[] {
  return words[0] === "ml" ? words.slice(1) : words;
}

/** The group or verb that the words name. */
export function findCommand(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of withoutMl(words)) {
    if (word.startsWith("-")) continue;
    const child = command.commands.find((entry) => entry.name() === word || entry.aliases().includes(word));
    if (!child) break;
    command = child;
  }
  return command;
}

/**
 * Writes long flags out in full where an unambiguous beginning was given (`--out` for `--output`), as the users' scripts
 * do. A leading `ml` is dropped: `atelier ml job list` is `atelier job list`.
 */
export function expandArguments(program: Command, given: readonly string[]): string[] {
  const words = withoutMl(given);
  const known = [...optionsOf(findCommand(program, words)), "--help"];
  let literal = false;
  return words.map((word) => {
    if (word === "--") literal = true;
    if (literal || !word.startsWith("--") || word === "--") return word;
    const [flag = word, ...rest] = word.split("=");
    if (known.includes(flag)) return word;
    const matches = [...new Set(known.filter((name) => name.startsWith(flag)))];
    if (matches.length > 1) throw new UsageError(`${flag} could be ${matches.sort().join(" or ")}.`);
    return matches[0] ? [matches[0], ...rest].join("=") : word;
  });
}
