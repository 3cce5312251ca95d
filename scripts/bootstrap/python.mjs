// Runs on Node 20.9 before anything is installed: plain JavaScript, no dependency.
import { spawnSync } from "node:child_process";

const oldest = [3, 10];
const timeout = 20_000;

const probe = `
import sys
print("%d.%d.%d" % sys.version_info[:3])
try:
    import venv, ensurepip
    print("venv")
except ImportError:
    print("no venv")
print(sys.executable)
`;

/** The first Python ≥ 3.10 on the PATH that can make virtual environments, or throws one sentence that says what to install. */
export function findPython() {
  const names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  let tooOld = null;
  let withoutVenv = null;
  for (const name of names) {
    const answer = spawnSync(name, ["-c", probe], { encoding: "utf8", timeout });
    if (answer.status !== 0) continue;
    const [version = "", venv, path = name] = answer.stdout.trim().split("\n");
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) tooOld ??= version;
    else if (venv !== "venv") withoutVenv ??= version;
    else return { command: path, version };
  }
  const how = "On Debian or Ubuntu: apt-get install python3 python3-venv. On macOS: brew install python.";
  if (withoutVenv) throw new Error(`Python ${withoutVenv} is here without its venv module. ${how}`);
  if (tooOld) throw new Error(`Python 3.10 or newer is needed; this machine has ${tooOld}. ${how}`);
  throw new Error(`Python 3.10 or newer is needed and was not found on the PATH. ${how}`);
}
