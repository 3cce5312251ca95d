import type { Activity } from "#lib/activity/model.ts";

/** Where the page of a thing is, by the kind that activities and events name; null when it has none. */
export function hrefOfThing(workspace: string, kind: string, name: string): string | null {
  const folder = {
    run: "runs",
    dataset: "data",
    model: "models",
    endpoint: "endpoints",
    environment: "environments",
    compute: "compute",
  }[kind];
  return folder ? `/${workspace}/${folder}/${encodeURIComponent(name)}` : null;
}

/** What stands after the name of the thing: "as reader", "version 3". */
export function detailOf({ data }: Pick<Activity, "data">): string {
  const text = (key: string) => (typeof data[key] === "string" ? data[key] : undefined);
  const role = text("role");
  const version = text("version");
  const deployment = text("deployment");
  return [
    ...(version ? [`v${version}`] : []),
    ...(deployment ? [`· ${deployment}`] : []),
    ...(role ? [`as ${role}`] : []),
  ].join(" ");
}
