import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { parse, stringify } from "ini";

/** What the command line remembers, in an INI file of mode 0600: the studio, the token and the defaults. */
export interface CliConfig {
  studio: { url?: string; token?: string };
  /** `workspace`, `group`, … as `configure --defaults` sets them. */
  defaults: Record<string, string>;
}

export function configPath(): string {
  return join(process.env.ATELIER_CONFIG_DIR ?? join(homedir(), ".atelier"), "config");
}

function section(file: Record<string, unknown>, name: string): Record<string, string> {
  const value = file[name];
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)]));
}

export function readConfig(): CliConfig {
  let text = "";
  try {
    text = readFileSync(configPath(), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const file = parse(text);
  return { studio: section(file, "studio"), defaults: section(file, "defaults") };
}

/** Written beside and moved into place: never half there, never readable by others, whatever mode it had before. */
export function writeConfig(config: CliConfig): void {
  const path = configPath();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, stringify(config), { mode: 0o600, flag: "wx" });
  renameSync(draft, path);
}
