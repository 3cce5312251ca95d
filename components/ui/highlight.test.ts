import { expect, test } from "vitest";
import { type Language, tokenize } from "./highlight.ts";

const samples: [Language, string][] = [
  ["json", '{"a": [1, -2.5e3, "x\\"y"], "b": null}'],
  ["yaml", "name: train # not this\nsteps:\n  - command: python a.py --x 3\n    n: 12\n"],
  ["python", 'def f(x):  # add\n    """Doc 1."""\n    return x + 1.5\n'],
  ["javascript", "const a = await fetch(`x/1`); // go\n"],
  ["bash", "export A='b' # c\nfor i in 1 2; do echo $i; done"],
];

test.each(samples)("%s: nothing is lost", (language, code) => {
  expect(
    tokenize(code, language)
      .map((token) => token.text)
      .join(""),
  ).toBe(code);
});

test("keys, strings, numbers and comments are told apart", () => {
  const json = tokenize('{"a": "b", "n": 12}', "json");
  expect(json.filter((token) => token.kind === "key").map((token) => token.text)).toEqual(['"a"', '"n"']);
  expect(json.find((token) => token.kind === "string")?.text).toBe('"b"');
  const yaml = tokenize("a: 1 # c\nb-c: x#y", "yaml");
  expect(yaml.filter((token) => token.kind === "key").map((token) => token.text)).toEqual(["a", "b-c"]);
  expect(yaml.filter((token) => token.kind === "comment").map((token) => token.text)).toEqual(["# c"]);
});
