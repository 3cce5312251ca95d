/** The first Python ≥ 3.10 on the PATH that can make virtual environments, or throws a sentence that says what to install. */
export function findPython(): { command: string; version: string };
