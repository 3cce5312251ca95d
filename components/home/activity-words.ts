import type { Activity } from "#lib/activity/model.ts";

type Deed = Pick<Activity, "verb" | "kind" | "name" | "data">;

/** Where the page of a thing is, by the kind that activities name; null when it has none. */
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

function textOf(data: Deed["data"], key: string): string | undefined {
  const value = data[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What people call the thing. */
export function titleOf({ verb, kind, name, data }: Deed): string {
  if (kind === "workspace") return "the workspace";
  // Who joined or left is named already, as the one who did it.
  if (kind === "member" && (verb === "joined" || verb === "left")) return "";
  return textOf(data, "displayName") ?? name;
}

function isTraffic(value: unknown): value is Record<string, number> {
  return typeof value === "object" && value !== null && Object.values(value).every(Number.isInteger);
}

function trafficWords(data: Deed["data"]): string | undefined {
  const { to } = data;
  if (!isTraffic(to)) return undefined;
  const parts = Object.entries(to).filter(([, percent]) => percent > 0);
  return parts.length === 0
    ? "to none"
    : `to ${parts.map(([name, share]) => `${name} ${share}%`).join(", ")}`;
}

/** What stands after the name of the thing: "as reader", "v3", "to blue 80%, green 20%". */
export function detailOf({ verb, kind, data }: Deed): string {
  const role = textOf(data, "role");
  const version = textOf(data, "version");
  const deployment = textOf(data, "deployment");
  return [
    ...(version ? [`v${version}`] : []),
    ...(deployment ? [verb.startsWith("removed") ? `(${deployment})` : `as ${deployment}`] : []),
    ...(role && kind === "member" ? [`${verb.startsWith("changed") ? "to" : "as"} ${role}`] : []),
    ...(kind === "endpoint" ? [trafficWords(data) ?? ""] : []),
  ]
    .filter(Boolean)
    .join(" ");
}
