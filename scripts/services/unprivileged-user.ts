import { spawnSync } from "node:child_process";

export interface Ids {
  uid: number;
  gid: number;
}

const timeout = 10_000;

/**
 * The user that Postgres runs as: it refuses to run as root. Null when we are not root ourselves. Takes the machine's
 * `postgres` user and makes it when there is none.
 */
export function findUnprivilegedUser(): Ids | null {
  if (process.getuid?.() !== 0) return null;
  const found = lookUp("postgres");
  if (found) return found;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], { timeout });
  const made = lookUp("postgres");
  if (made) return made;
  throw new Error(
    'Postgres does not run as root, and the user "postgres" is missing and could not be made. Add it with: useradd --system postgres',
  );
}

function lookUp(name: string): Ids | null {
  const ask = (flag: string) => {
    const answer = spawnSync("id", [flag, name], { encoding: "utf8", timeout });
    return answer.status === 0 ? Number(answer.stdout.trim()) : Number.NaN;
  };
  const uid = ask("-u");
  const gid = ask("-g");
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null;
}

/** Whether that user can enter the folder (or run the file), which also needs every folder above it to be open. */
export function canReach(path: string, ids: Ids): boolean {
  return spawnSync("test", ["-x", path], { ...ids, cwd: "/", timeout }).status === 0;
}
