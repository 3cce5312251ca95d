import { expect, test } from "vitest";
import { findCurrentItem } from "./nav.ts";

const groups = [
  { items: [{ label: "Home", href: "/w", icon: null, exact: true }] },
  {
    label: "Assets",
    items: [
      { label: "Runs", href: "/w/runs", icon: null },
      { label: "Compare", href: "/w/runs/compare", icon: null },
    ],
  },
];

test("the longest address that holds the page is current", () => {
  expect(findCurrentItem(groups, "/w")?.label).toBe("Home");
  expect(findCurrentItem(groups, "/w/runs")?.label).toBe("Runs");
  expect(findCurrentItem(groups, "/w/runs/keen_plum")?.label).toBe("Runs");
  expect(findCurrentItem(groups, "/w/runs/compare/2")?.label).toBe("Compare");
  expect(findCurrentItem(groups, "/w/runsheet")).toBeUndefined();
});
