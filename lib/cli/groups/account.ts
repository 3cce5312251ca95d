import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { askPassword } from "../ask-password.ts";
import { addGlobalOptions, addVerb, type GlobalFlags, printResult } from "../command.ts";
import { readConfig, writeConfig } from "../config.ts";
import { connectTo, studioAddress } from "../connection.ts";
import { UsageError } from "../errors.ts";

interface LoginFlags extends GlobalFlags {
  url?: string;
  email: string;
  passwordStdin?: boolean;
}

async function readPassword(flags: LoginFlags): Promise<string> {
  if (flags.passwordStdin) return (await text(process.stdin)).replace(/\r?\n$/, "");
  if (process.stdin.isTTY) return askPassword();
  throw new UsageError("There is no terminal to ask for the password: give it with --password-stdin.");
}

async function login(flags: LoginFlags): Promise<unknown> {
  const given = flags.url ?? process.env.ATELIER_URL ?? readConfig().studio.url;
  if (!given) throw new UsageError("--url is missing: the address of the studio.");
  const url = studioAddress("--url", given);
  const password = await readPassword(flags);
  const issued = await connectTo(url, "").api.account.issueToken({ email: flags.email, password });
  writeConfig({ ...readConfig(), studio: { url, token: issued.token } });
  return { url, user: issued.user.email, name: issued.user.name };
}

function setDefaults(pairs: readonly string[]): void {
  const config = readConfig();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`--defaults: “${pair}” is not name=value.`);
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    // An empty value takes a default away, as in az.
    if (value === "") delete config.defaults[name];
    else config.defaults[name] = value;
  }
  writeConfig(config);
}

/** `login`, `logout`, `account` and `configure`: who you are and what is assumed. */
export function registerAccount(program: Command): void {
  addGlobalOptions(
    program
      .command("login")
      .description("sign in and remember a token")
      .option("--url <url>", "address of the studio; the one of the last login unless given")
      .requiredOption("--email <e-mail>", "your e-mail address")
      .option("--password-stdin", "read the password from standard input; else it is asked for"),
  ).action(async (flags: LoginFlags) => printResult(await login(flags), flags));

  program
    .command("logout")
    .description("forget the token")
    .action(() => writeConfig({ ...readConfig(), studio: {} }));

  const account = program.command("account").description("the account in force");
  addVerb(
    account,
    "show",
    "who is signed in",
    (command) => command,
    async ({ connection }) => {
      const me = await connection.api.account.get();
      return { name: me.name, user: me.email, url: connection.url, isAdmin: me.isAdmin };
    },
  );
  addVerb(
    account,
    "get-access-token",
    "the token in force",
    (command) => command,
    async ({ connection }) => ({
      accessToken: connection.token,
      tokenType: "Bearer",
    }),
  );
  account
    .command("set")
    .description("accepted for scripts of Azure; subscriptions have no effect here")
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      process.stderr.write("Subscriptions have no effect here; nothing was changed.\n");
    });

  addGlobalOptions(
    program
      .command("configure")
      .description("set defaults for later commands")
      .option("-d, --defaults <pairs...>", "name=value pairs: workspace=…, group=…")
      .option("-l, --list-defaults", "print the defaults"),
  ).action((flags: GlobalFlags & { defaults?: string[]; listDefaults?: boolean }) => {
    if (!flags.defaults && !flags.listDefaults) throw new UsageError("Give --defaults or --list-defaults.");
    if (flags.defaults) setDefaults(flags.defaults);
    if (!flags.listDefaults) return;
    printResult(
      Object.entries(readConfig().defaults).map(([name, value]) => ({ name, value })),
      flags,
    );
  });
}
