// `npm test`: sets everything up that the tests need, and runs all of them on Node 24. `--only unit,browser` runs some.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./bootstrap/install.mjs";
import { checkNodeVersion } from "./bootstrap/node-version.mjs";
import { findPython } from "./bootstrap/python.mjs";
import { runOnProjectNode } from "./bootstrap/run-on-project-node.mjs";
import { giveUp } from "./bootstrap/say.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  checkNodeVersion();
  findPython();
  await ensureInstalled(root);
  process.exitCode = await runOnProjectNode(
    root,
    join(root, "scripts", "testing", "main.ts"),
    process.argv.slice(2),
  );
} catch (error) {
  giveUp(error);
}
