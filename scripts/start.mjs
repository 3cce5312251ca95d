// `npm start` and `npm run dev`: checks what the machine has, installs, and goes on with studio/main.ts on Node 24.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./bootstrap/install.mjs";
import { checkNodeVersion } from "./bootstrap/node-version.mjs";
import { findPython } from "./bootstrap/python.mjs";
import { runOnProjectNode } from "./bootstrap/run-on-project-node.mjs";
import { giveUp, say } from "./bootstrap/say.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  checkNodeVersion();
  const settings = join(root, ".env");
  if (existsSync(settings) && process.loadEnvFile) process.loadEnvFile(settings);
  const python = findPython();
  say(`Node ${process.versions.node}, Python ${python.version}`);
  await ensureInstalled(root);
  process.exitCode = await runOnProjectNode(
    root,
    join(root, "scripts", "studio", "main.ts"),
    process.argv.slice(2),
  );
} catch (error) {
  giveUp(error);
}
