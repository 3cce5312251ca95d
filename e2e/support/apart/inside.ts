import { writeFileSync } from "node:fs";
import { relay } from "./relay.ts";

/** Beside Chromium: `node inside.ts PORT SOCKET READY`. Takes the studio's port to the socket of the tests. */
const [port, path = "", ready = ""] = process.argv.slice(2);
const browser = process.ppid;
await relay({ port: Number(port), host: "127.0.0.1" }, { path });
writeFileSync(ready, "");
setInterval(() => {
  if (process.ppid !== browser) process.exit();
}, 1_000);
