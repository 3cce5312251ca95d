import type { Issue } from "#lib/core/errors.ts";

/** The requirements of a pip file, comments and continued lines resolved. Lines that point to other files are issues. */
export function readRequirements(text: string, file: string): { lines: string[]; issues: Issue[] } {
  const lines: string[] = [];
  const issues: Issue[] = [];
  let held = "";
  text.split(/\r?\n/).forEach((line, index) => {
    const whole = held + line.replace(/(^|\s)#.*$/, "");
    held = whole.endsWith("\\") ? whole.slice(0, -1) : "";
    if (held !== "") return;
    const requirement = whole.trim();
    if (requirement === "") return;
    if (/^(-r|-c|-e|--requirement|--constraint|--editable)\b/.test(requirement)) {
      const message = `“${requirement}” points to another file, which the build does not have. List the packages here.`;
      issues.push({ path: "pip_file", message, value: requirement, location: `${file}:${index + 1}` });
    } else lines.push(requirement);
  });
  return { lines, issues };
}
