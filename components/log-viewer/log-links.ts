export interface LinePart {
  text: string;
  /** Where it leads, when it is an address. */
  href?: string;
}

const address = /https?:\/\/[^\s"'<>]+/g;
/** Ends a sentence or a bracket rather than an address. */
const trailing = /[.,;:!?)\]}]+$/;
/** As MLflow's client prints it in a run: the studio by the name that the run knows it by. */
const mlflowPage = /^https?:\/\/[^/]+(\/mlflow\/[^/#]+\/#\/.+)$/;

/** A line of a log in parts, of which some are links. What MLflow prints of this studio leads to the studio that is looked at. */
export function splitLinks(line: string): LinePart[] {
  const parts: LinePart[] = [];
  let from = 0;
  for (const { 0: found, index } of line.matchAll(address)) {
    const text = found.replace(trailing, "");
    if (index > from) parts.push({ text: line.slice(from, index) });
    parts.push({ text, href: mlflowPage.exec(text)?.[1] ?? text });
    from = index + text.length;
  }
  if (from < line.length) parts.push({ text: line.slice(from) });
  return parts;
}
