import { expect, test } from "vitest";
import { keyLabel } from "./key-label.ts";
import { keyOf } from "./shortcuts.ts";

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test("a key is named as shortcuts write it", () => {
  expect(keyOf({ ...none, key: "j" })).toBe("j");
  expect(keyOf({ ...none, key: "X", shiftKey: true })).toBe("shift+x");
  expect(keyOf({ ...none, key: "?", shiftKey: true })).toBe("?");
  expect(keyOf({ ...none, key: "k", ctrlKey: true })).toBe("mod+k");
  expect(keyOf({ ...none, key: "k", metaKey: true })).toBe("mod+k");
  expect(keyOf({ ...none, key: " " })).toBe("space");
  expect(keyOf({ ...none, key: "Enter", shiftKey: true })).toBe("shift+enter");
});

test("keys are shown as they are printed on the keyboard", () => {
  expect(keyLabel("mod+k", false)).toBe("Ctrl K");
  expect(keyLabel("mod+shift+v", true)).toBe("⌘ Shift V");
  expect(keyLabel("g h", false)).toBe("G H");
});
