import { readFileSync } from "node:fs";
import { join } from "node:path";
import { implement } from "@orpc/server";
import type { ApiContext } from "#lib/api/context.ts";
import { studioContract } from "./contract.ts";

const packageFile = join(process.cwd(), "package.json");
const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };

const os = implement(studioContract).$context<ApiContext>();

export const studioRouter = os.router({
  get: os.get.handler(({ context }) => ({
    name: "Atelier" as const,
    version,
    url: context.services.env.url,
    gatewayUrl: context.services.env.gatewayUrl,
  })),
});
