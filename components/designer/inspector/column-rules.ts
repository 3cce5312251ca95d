export type RuleKind = "names" | "types" | "roles" | "indexes";

export interface ColumnRule {
  act: "include" | "exclude";
  by: RuleKind;
  /** Names, types or roles; one text such as `1-3,5` for indexes. */
  values: string[];
}

export interface ColumnSelection {
  mode: "names" | "rules";
  names: string[];
  begin: "all" | "none";
  rules: ColumnRule[];
}

const kinds: readonly RuleKind[] = ["names", "types", "roles", "indexes"];
export const columnTypes = [
  "numeric",
  "integer",
  "double",
  "string",
  "boolean",
  "datetime",
  "categorical",
] as const;
export const columnRoles = ["feature", "label", "score"] as const;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function readRule(value: unknown): ColumnRule | null {
  if (typeof value !== "object" || value === null) return null;
  for (const act of ["include", "exclude"] as const) {
    const what = (value as Record<string, unknown>)[act];
    if (typeof what !== "object" || what === null) continue;
    for (const by of kinds) {
      const named = (what as Record<string, unknown>)[by];
      if (named !== undefined) return { act, by, values: by === "indexes" ? [String(named)] : texts(named) };
    }
  }
  return null;
}

function readPlain(text: string): ColumnSelection {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return { mode: "names", names, begin: "none", rules: [] };
}

/** Reads a selection of columns: a list of names as JSON or plain text, or rules. */
export function readSelection(text: string): ColumnSelection {
  if (!/^\s*[[{]/.test(text)) return readPlain(text);
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { mode: "names", names: value.map(String), begin: "none", rules: [] };
    const { begin, rules } = value as { begin?: unknown; rules?: unknown };
    return {
      mode: "rules",
      names: [],
      begin: begin === "none" ? "none" : "all",
      rules: (Array.isArray(rules) ? rules : []).flatMap((rule) => readRule(rule) ?? []),
    };
  } catch {
    return readPlain(text);
  }
}

export function writeSelection({ mode, names, begin, rules }: ColumnSelection): string {
  if (mode === "names") return JSON.stringify(names);
  const written = rules.map(({ act, by, values }) => ({
    [act]: { [by]: by === "indexes" ? (values[0] ?? "") : values },
  }));
  return JSON.stringify(written.length > 0 ? { begin, rules: written } : { begin });
}

const indexPattern = /^\s*\d+\s*(-\s*\d+\s*)?(,\s*\d+\s*(-\s*\d+\s*)?)*$/;

/** Whether a text names columns by position: `1-3,5`. */
export function isIndexList(text: string): boolean {
  return indexPattern.test(text);
}

/** What a selection says, in a few words. */
export function describeSelection(text: string): string {
  const { mode, names, begin, rules } = readSelection(text);
  if (mode === "names")
    return names.length === 0
      ? "No columns"
      : names.length <= 3
        ? names.join(", ")
        : `${names.length} columns`;
  const words = rules.map(({ act, by, values }) => {
    const what =
      by === "indexes"
        ? `columns ${values[0] ?? ""}`
        : by === "types"
          ? `${values.join(", ")} columns`
          : by === "roles"
            ? `${values.join(", ")} columns`
            : values.length <= 3
              ? values.join(", ")
              : `${values.length} columns`;
    return `${act === "include" ? "with" : "without"} ${what}`;
  });
  return [begin === "all" ? "All columns" : "No columns", ...words].join(", ");
}
