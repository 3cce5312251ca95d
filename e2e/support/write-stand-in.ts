import { writeFileSync } from "node:fs";
import { makeStandIn } from "./stand-in.ts";

/** For the shell test: `node write-stand-in.ts <file>`. */
const [, , file] = process.argv;
if (!file) throw new Error("say which file to write");
writeFileSync(file, makeStandIn());
