/** One line of progress with the seconds since the command was given. */
export function say(message: string): void;
/** Prints why it does not go on, and ends with an error. */
export function giveUp(error: unknown): never;
