// Runs on any Node: it says when it is too old.

/** Throws one sentence when this Node is older than 20.9, which is what npm's packages and these scripts need. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  throw new Error(
    `Node 20.9 or newer is needed to start; this is ${process.versions.node}. Install it from https://nodejs.org or with your package manager.`,
  );
}
