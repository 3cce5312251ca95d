import type { Command } from "commander";

/** What scripts for Azure prepare, and what has no counterpart here. Told on standard error; the script goes on. */
const needless: Record<string, string> = {
  group: "Resource groups have no effect here; nothing was done.",
  extension: "There is nothing to install; nothing was done.",
  config: "Use “atelier configure --defaults workspace=NAME”; nothing was done.",
};

/** What such scripts get from other services. Without it they would go wrong later, so they stop here. */
const elsewhere: Record<string, string> = {
  storage:
    "There is no storage account: files go in with “atelier data create” and out with “atelier job download”.",
  acr: "There is no container registry: the studio builds and keeps its images itself.",
  keyvault: "There is no key vault here.",
  role: "Access is given to people: invite them in the studio, under Members.",
};

/** Commands of `az` beside `az ml` that its users' scripts call, so that each gets a clear answer. Not in the help. */
export function registerForeign(program: Command): void {
  const add = (name: string, act: () => void) =>
    program
      .command(name, { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .helpOption(false)
      .action(act);
  for (const [name, message] of Object.entries(needless))
    add(name, () => void process.stderr.write(`${message}\n`));
  for (const [name, message] of Object.entries(elsewhere)) {
    add(name, () => {
      throw new Error(message);
    });
  }
}
