// Runs on Node 20.9 before anything is installed: plain JavaScript, no dependency.

process.env.ATELIER_STARTED_AT ||= String(Date.now());
const startedAt = Number(process.env.ATELIER_STARTED_AT);

/** One line of progress with the seconds since the command was given. */
export function say(message) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${message}\n`);
}

/** Prints why it does not go on, and ends with an error. */
export function giveUp(error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
