import { createHash } from "node:crypto";

/**
 * Clients print links such as `<tracking address>/#/experiments/1/runs/keen_plum_4vq81dxm0s`. What follows `#` never
 * reaches a server, so a page reads it and goes to the studio's own page.
 */
const script = `
const [, , inPath] = location.pathname.split("/");
const [path, query] = location.hash.replace(/^#\\/?/, "").split("?");
const parts = path.split("/").map(decodeURIComponent);
const inParts = parts[0] === "workspaces" ? parts.splice(0, 2)[1] : undefined;
const inHash = inParts || new URLSearchParams(query).get("workspace");
const home = "/" + encodeURIComponent(inHash || inPath || "default");
const [noun, name, kind, id] = parts;
let target = home;
if (noun === "experiments" && kind === "runs" && id) target = home + "/runs/" + encodeURIComponent(id);
else if (noun === "experiments" && name) target = home + "/runs?filter=" + encodeURIComponent("experiment_id = " + name);
else if (noun === "models" && name) {
  const version = kind === "versions" && id ? "?version=" + encodeURIComponent(id) : "";
  target = home + "/models/" + encodeURIComponent(name) + version;
}
location.replace(target);
`;

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Atelier</title></head>
<body><p>Opening the studio.</p><noscript><p>This link needs JavaScript.</p></noscript><script>${script}</script></body>
</html>
`;

const scriptHash = createHash("sha256").update(script).digest("base64");

export function linkPage(): Response {
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; script-src 'sha256-${scriptHash}'`,
      "x-content-type-options": "nosniff",
    },
  });
}
