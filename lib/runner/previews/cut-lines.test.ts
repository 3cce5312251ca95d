import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { cutLines } from "./cut-lines.ts";

/** In pieces of every size, since a store cuts where it likes. */
async function cut(text: string, lines: number, quoted = true) {
  const answers = new Set<string>();
  for (const size of [1, 3, 7, 1000]) {
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    let wasCut = false;
    const onCut = () => {
      wasCut = true;
    };
    const parts: Buffer[] = [];
    for await (const part of cutLines(Readable.from(pieces), lines, { quoted, onCut })) parts.push(part);
    answers.add(`${wasCut ? "cut" : "whole"}: ${Buffer.concat(parts)}`);
  }
  expect([...answers]).toHaveLength(1);
  return [...answers][0];
}

it("keeps the first lines, whole", async () => {
  expect(await cut("a,b\n1,2\n3,4\n5,6\n", 3)).toBe("cut: a,b\n1,2\n3,4\n");
  expect(await cut("a,b\r\nä,2\r\n3,4\r\n", 2)).toBe("cut: a,b\r\nä,2\r\n");
});

it("leaves alone what has no more", async () => {
  expect(await cut("a,b\n1,2\n3,4\n", 3)).toBe("whole: a,b\n1,2\n3,4\n");
  expect(await cut("a,b\n1,2\n3,4", 3)).toBe("whole: a,b\n1,2\n3,4");
  expect(await cut("", 3)).toBe("whole: ");
});

it("counts a row over several lines once, where quotes mean that", async () => {
  const text = 'a,b\n1,"two\nlines ""and"" quotes\n"\n3,4\n5,6\n';
  expect(await cut(text, 3)).toBe('cut: a,b\n1,"two\nlines ""and"" quotes\n"\n3,4\n');
  expect(await cut('{"a": 1}\n{"a": "x\\""}\n{"a": 3}\n', 2, false)).toBe('cut: {"a": 1}\n{"a": "x\\""}\n');
});
