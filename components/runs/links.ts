/** The list of an experiment's runs. */
export function experimentHref(workspace: string, experiment: string): string {
  const filter = `experiment = "${experiment.replaceAll('"', '""')}"`;
  return `/${workspace}/runs?${new URLSearchParams({ filter })}`;
}

/** The page of what a run says it worked with; null for packages of the job and for an image. */
export function environmentHref(workspace: string, name: string): string | null {
  const match = /^([A-Za-z0-9][\w.-]*)(?::(\d[\w.-]*))?$/.exec(name);
  if (!match?.[1]) return null;
  const page = `/${workspace}/environments/${encodeURIComponent(match[1])}`;
  return match[2] ? `${page}?${new URLSearchParams({ version: match[2] })}` : page;
}
