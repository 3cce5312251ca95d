import type { Command } from "commander";
import { registerAccount } from "./groups/account.ts";

/** Every group of commands. A new one adds one line. */
export const groups: readonly ((program: Command) => void)[] = [registerAccount];
