import { findAt } from "../paths.ts";
import type { Reporter } from "../report.ts";
import { plain } from "../written.ts";

const counts = [
  [["resources", "instance_count"], "on one machine"],
  [["distribution", "process_count_per_instance"], "as one process"],
  [["distribution", "worker_count"], "as one worker"],
] as const;

/** A command is one process on one machine here: what asks for more runs, and is told. */
export function checkMachines(spec: object, report: Reporter): void {
  for (const [path, how] of counts) {
    const count = plain(findAt(spec, [...path]));
    if (typeof count === "number" && count > 1)
      report.warn([...path], `asks for ${count}, and the command runs ${how} here.`);
  }
  const servers = plain(findAt(spec, ["distribution", "parameter_server_count"]));
  if (typeof servers === "number" && servers > 0)
    report.warn(["distribution", "parameter_server_count"], "asks for servers, and there are none here.");
  if (findAt(spec, ["distribution", "type"]) === "ray")
    report.warn(["distribution", "type"], "asks for a cluster, and the command starts without one here.");
}
