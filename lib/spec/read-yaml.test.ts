import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { readDocument } from "./document.ts";
import { locate } from "./spots.ts";
import { plain } from "./written.ts";

function failure(text: string) {
  try {
    readDocument(text, "job.yml");
  } catch (error) {
    if (isAppError(error)) return error.issues[0];
    throw error;
  }
  throw new Error("the text was read");
}

describe("reading YAML", () => {
  it("keeps numbers as text beside their value", () => {
    const { raw } = readDocument(
      "version: 1.10\nlr: 1e-4\nhex: 0x10\ncount: 3\nbig: 12345678901234567890\n",
      "a.yml",
    );
    expect(raw).toMatchObject({
      version: { value: 1.1, text: "1.10" },
      lr: { value: 0.0001, text: "1e-4" },
      hex: { value: 16, text: "0x10" },
      count: 3,
      big: { text: "12345678901234567890" },
    });
    expect(plain(raw)).toMatchObject({ version: 1.1, hex: 16 });
  });

  it("reads the booleans of YAML 1.1 with a warning that names the line", () => {
    const { raw, warnings } = readDocument('a: yes\nb: Off\nc: "no"\nd: true\ne: n\n', "a.yml");
    expect(plain(raw)).toEqual({ a: true, b: false, c: "no", d: true, e: "n" });
    expect(warnings.map(({ path, location }) => `${path} ${location}`)).toEqual(["a a.yml:1", "b a.yml:2"]);
  });

  it("knows the line of every key, list item and piece of text", () => {
    const document = readDocument(
      "# head\na:\n  b:\n    - x: 1\n    -\n      y: 2\ncmd: |\n  one\n  two two\n",
      "f.yml",
    );
    const at = (path: (string | number)[]) => locate(document.spots, path);
    expect(at(["a"])).toBe("f.yml:2");
    expect(at(["a", "b", 0])).toBe("f.yml:4");
    expect(at(["a", "b", 0, "x"])).toBe("f.yml:4");
    expect(at(["a", "b", 1, "y"])).toBe("f.yml:6");
    expect(at(["a", "missing"])).toBe("f.yml:2");
    expect(locate(document.spots, ["cmd"], { text: "two", nth: 1 })).toBe("f.yml:9");
  });

  it("counts lines that end in CR LF", () => {
    expect(locate(readDocument("a: 1\r\nb: 2\r\nc: 3\r\n", "f.yml").spots, ["c"])).toBe("f.yml:3");
  });

  it("follows aliases and merge keys, and the own keys of a mapping win", () => {
    const { raw } = readDocument("base: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\ntwo: *b\n", "a.yml");
    expect(raw).toEqual({ base: { x: 1, y: 2 }, one: { x: 1, y: 3 }, two: { x: 1, y: 2 } });
  });

  it("reads an empty file as nothing given", () => {
    expect(readDocument("", "a.yml").raw).toEqual({});
    expect(readDocument("# only a comment\n", "a.yml").raw).toEqual({});
  });

  it.each([
    ["a: 1\na: 2\n", "a", "The key “a” stands here a second time. Keep one.", "job.yml:2"],
    [
      "a: 1\n---\nb: 2\n",
      "",
      "The file holds more than one document. Keep one, without a second ---.",
      "job.yml:2",
    ],
    ["- a\n- b\n", "", "job.yml must hold keys and values, such as “command: python train.py”.", "job.yml:1"],
    [
      "name: x\nenv: {{ENV_NAME}}\n",
      "env",
      "job.yml is a template: {{ENV_NAME}} in line 2 has to be replaced by a value first.",
      "job.yml:2",
    ],
    ["a: *nowhere\n", "a", "There is no anchor &nowhere above this alias.", "job.yml:1"],
    ["a:\n  - &x [*x]\n", "a[0][0]", "The alias *x contains itself.", "job.yml:2"],
    ["a: 1\n__proto__:\n  admin: true\n", "", "The key __proto__ is not allowed.", "job.yml:2"],
    ["? [a, b]\n: 1\n", "", "A key must be text, not a list or a mapping.", "job.yml:1"],
    ["a: 1\n<<: 3\n", "", "<< takes a mapping or a list of mappings.", "job.yml:2"],
    [
      "a: 1\nb: !python/object:os.system x\n",
      "",
      /Unresolved tag: !python\/object:os\.system.*Only plain YAML is read\./,
      "job.yml:2",
    ],
  ])("refuses %j with its line", (text, path, message, location) => {
    const issue = failure(text);
    expect(issue).toMatchObject({ path, location });
    expect(issue?.message).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  it("names the line of broken YAML", () => {
    expect(failure("a: 1\nb:\n  c: [1, 2\nd: 3\n")).toMatchObject({ location: "job.yml:4" });
    expect(failure("command: python\n  train: x\n")?.message).toMatch(/^Not readable as YAML: /);
  });

  it.each([
    ["a key without a colon", "a: 1\nb\nc: 2\n", "2: “b” is no key with a value. Is a colon missing?"],
    ["an open bracket", "a: {b: 1\nc: 2\n", "2: A { above is not closed: } is missing."],
    ["a tab", "a:\n\tb: 1\n", "2: A tab stands at the start of the line. Indent with spaces."],
    [
      "an expression without quotes",
      "a: {b: ${{parent.inputs.x}}}\n",
      '1: Inside of { } and [ ] an expression stands in quotes: "${{…}}".',
    ],
  ])("says in plain words what is wrong with %s", (_, text, expected) => {
    expect(() => readDocument(text, "f.yml")).toThrow(`f.yml:${expected}`);
  });

  it("stops at aliases that multiply, at depth, and at size", () => {
    const letters = "abcdefghij".split("");
    const bomb = letters.map(
      (l, i) =>
        `${l}: &${l} [${Array(10)
          .fill(i === 0 ? "1" : `*${letters[i - 1]}`)
          .join(",")}]`,
    );
    expect(failure(bomb.join("\n"))?.message).toBe("The document has more than 50,000 values.");
    expect(failure(`a: ${"[".repeat(100)}${"]".repeat(100)}`)?.message).toBe(
      "The document is nested too deeply.",
    );
    expect(failure("[".repeat(50_000))?.message).toBe("The document is nested too deeply.");
    expect(failure(`a: ${"x".repeat(300_000)}`)?.message).toMatch(/larger than 256 KiB/);
  });

  // With each compared it takes minutes, which the test does not get.
  it("reads 20,000 keys in one mapping without comparing each with each", () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n");
    expect(Object.keys(readDocument(text, "a.yml").raw)).toHaveLength(20_000);
  });
});
