import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function tokensOf(theme: "light" | "dark"): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1] ?? "", m[2] ?? ""]));
}

function channel(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance([r = 0, g = 0, b = 0]: number[]): number {
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

function contrast(a: number[], b: number[]): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const pages = ["bg", "panel", "subtle", "raised", "hover"];
const tones = ["queued", "running", "completed", "reused", "failed", "warning"];
const text: [string, string[]][] = [
  ["ink", [...pages, "active", "accent-tint", ...tones.map((tone) => `${tone}-tint`)]],
  ["ink-2", [...pages, "active", "accent-tint", "failed-tint", "warning-tint"]],
  ["ink-3", [...pages, "active", "accent-tint"]],
  ["accent", [...pages, "accent-tint"]],
  ["on-accent", ["accent", "accent-h"]],
  ["on-failed", ["failed"]],
  ["on-person", ["person-1", "person-2", "person-3", "person-4", "group-1", "group-2"]],
  ...tones.map((tone): [string, string[]] => [tone, ["panel", "subtle", "hover", `${tone}-tint`]]),
];
const marks: [string, string[]][] = [
  ["control", ["panel", "bg", "subtle"]],
  ["accent", ["panel", "bg", "active"]],
  ...["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-other", "bar"].map(
    (mark): [string, string[]] => [mark, ["panel"]],
  ),
  ...tones.map((tone): [string, string[]] => [tone, ["bg", "panel", "hover", "accent-tint"]]),
];

describe.each(["light", "dark"] as const)("%s", (theme) => {
  const tokens = tokensOf(theme);
  const colour = (name: string) => {
    const hex = tokens.get(name);
    if (hex === undefined) throw new Error(`no colour --${name} in the ${theme} theme`);
    return rgb(hex);
  };
  const pairs = (list: [string, string[]][]) =>
    list.flatMap(([fore, backs]) => backs.map((back) => [fore, back] as const));

  test.each(pairs(text))("text %s on %s is at least 4.5:1", (fore, back) => {
    expect(contrast(colour(fore), colour(back))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pairs(marks))("mark %s on %s is at least 3:1", (fore, back) => {
    expect(contrast(colour(fore), colour(back))).toBeGreaterThanOrEqual(3);
  });
});

test("both themes have the same names", () => {
  expect([...tokensOf("dark").keys()].sort()).toEqual([...tokensOf("light").keys()].sort());
});
