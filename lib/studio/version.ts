import { readFileSync } from "node:fs";
import { join } from "node:path";

const packageFile = join(process.cwd(), "package.json");

/** As `package.json` says it. */
export const { version: studioVersion } = JSON.parse(readFileSync(packageFile, "utf8")) as {
  version: string;
};
