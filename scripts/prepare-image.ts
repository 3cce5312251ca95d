// A step of deploy/Dockerfile: what a first start would fetch and build goes into the image.
import { join, resolve } from "node:path";
import { say } from "./bootstrap/say.mjs";
import { preparePythonTools } from "./services/python-tools.ts";
import { buildPages } from "./studio/build.ts";

await preparePythonTools(join(resolve(process.env.ATELIER_HOME ?? ".atelier"), "tools"));
await buildPages(join(import.meta.dirname, ".."), new AbortController().signal, say);
