import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { addGlobalOptions, addVerb, type GlobalFlags, printResult } from "../command.ts";
import { readConfig, writeConfig } from "../config.ts";
import { connectTo } from "../connection.ts";
import { UsageError } from "../errors.ts";

interface LoginFlags extends GlobalFlags {
  url?: string;
  email: string;
  passwordStdin?: boolean;
}

async function login(flags: LoginFlags): Promise<unknown> {
  const url = flags.url ?? process.env.ATELIER_URL ?? readConfig().studio.url;
  if (!url) throw new UsageError("--url is missing: the address of the studio.");
  if (!flags.passwordStdin)
    throw new UsageError("Give the password on standard input with --password-stdin.");
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  const issued = await connectTo(url, "").api.account.issueToken({ email: flags.email, password });
  const config = readConfig();
  writeConfig({ ...config, studio: { url, token: issued.token } });
  return { url, user: issued.user.email, name: issued.user.name };
}

/** `login`, `logout`, `account` and `configure`: who you are and what is assumed. */
export function registerAccount(program: Command): void {
  addGlobalOptions(program.command("login").description("sign in and remember a token"))
    .option("--url <url>", "address of the studio")
    .requiredOption("--email <e-mail>", "your e-mail address")
    .option("--password-stdin", "read the password from standard input")
    .action(async (flags: LoginFlags) => printResult(await login(flags), flags));

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

  addGlobalOptions(program.command("configure").description("set defaults for later commands"))
    .option("-d, --defaults <pairs...>", "name=value pairs: workspace=…, group=…")
    .option("-l, --list-defaults", "print the defaults")
    .action((flags: GlobalFlags & { defaults?: string[]; listDefaults?: boolean }) => {
      const config = readConfig();
      for (const pair of flags.defaults ?? []) {
        const at = pair.indexOf("=");
        if (at < 1) throw new UsageError(`--defaults: “${pair}” is not name=value.`);
        config.defaults[pair.slice(0, at)] = pair.slice(at + 1);
      }
      if (flags.defaults) writeConfig(config);
      if (flags.listDefaults) {
        const listed = Object.entries(config.defaults).map(([name, value]) => ({ name, value }));
        printResult(listed, flags);
      }
    });
}
