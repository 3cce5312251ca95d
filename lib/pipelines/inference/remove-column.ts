/** A column selector without one column. `empty` when it named that column and no other. */
export function removeColumn(selector: string, column: string): { value: string; empty: boolean } {
  const text = selector.trim();
  const parsed = parse(text);
  if (Array.isArray(parsed)) {
    const names = parsed.filter((name) => name !== column);
    return { value: JSON.stringify(names), empty: names.length === 0 && parsed.length > 0 };
  }
  if (parsed !== null && typeof parsed === "object")
    return removeFromRules(parsed as Rules, column, selector);
  const names = text.split(",").map((name) => name.trim());
  if (!names.includes(column)) return { value: selector, empty: false };
  const left = names.filter((name) => name !== column);
  return { value: left.join(", "), empty: left.length === 0 };
}

interface Rules {
  begin?: string;
  rules?: Record<string, { names?: string[] } | undefined>[];
}

function removeFromRules(selector: Rules, column: string, text: string): { value: string; empty: boolean } {
  const rules = selector.rules ?? [];
  if (!rules.some((rule) => Object.values(rule).some((what) => what?.names?.includes(column)))) {
    return { value: text, empty: false };
  }
  const left = rules.flatMap((rule) => {
    const [[verb, what] = ["include", undefined]] = Object.entries(rule);
    if (!what?.names) return [rule];
    const names = what.names.filter((name) => name !== column);
    return names.length === 0 ? [] : [{ [verb]: { ...what, names } }];
  });
  return {
    value: JSON.stringify({ ...selector, rules: left }),
    empty: selector.begin === "none" && left.length === 0,
  };
}

function parse(text: string): unknown {
  if (!/^[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
