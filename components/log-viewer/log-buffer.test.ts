import { expect, test } from "vitest";
import { appendMarked, LogBuffer, readIntoBuffer } from "./log-buffer.ts";
import { LogSearch, nextIndex } from "./log-search.ts";
import { parseLine } from "./parse-line.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (buffer: LogBuffer) => Array.from({ length: buffer.length }, (_, i) => buffer.line(i)?.text);

test("chunks may cut lines and characters anywhere", () => {
  const whole = bytes("größe 1\nzwei ✓\nthree");
  for (let cut = 0; cut <= whole.length; cut++) {
    const buffer = new LogBuffer();
    buffer.append(whole.slice(0, cut));
    buffer.append(whole.slice(cut));
    expect(texts(buffer)).toEqual(["größe 1", "zwei ✓", "three"]);
    expect(buffer.bytes).toBe(whole.length);
  }
});

test("a line that is still written shows, and counts once it ends", () => {
  const buffer = new LogBuffer();
  buffer.append("ValueError: no");
  expect(buffer.length).toBe(1);
  expect(buffer.errors).toEqual([]);
  buffer.append(" column y\nnext\n");
  expect(texts(buffer)).toEqual(["ValueError: no column y", "next"]);
  expect(buffer.errors).toEqual([0]);
});

test.each([
  ["ValueError: x", "error"],
  ["sklearn.exceptions.NotFittedError: call fit", "error"],
  ["2025-11-21 12:00:00 ERROR root: gone", "error"],
  ["Traceback (most recent call last):", "error"],
  ["Killed", "error"],
  ["/x.py:3: UserWarning: slow", "warning"],
  ["WARNING:root:low", "warning"],
  ["valid error 0.21", "plain"],
  ["no warnings so far", "plain"],
])("%s is %s", (line, level) => {
  expect(parseLine(line).level).toBe(level);
});

test("the time is taken off the front; colours and overwritten progress go", () => {
  expect(parseLine("2025-11-21T12:41:28.250Z pulling image")).toEqual({
    text: "pulling image",
    atMs: Date.UTC(2025, 10, 21, 12, 41, 28, 250),
    level: "plain",
  });
  expect(parseLine("\u001b[31mred\u001b[0m").text).toBe("red");
  expect(parseLine(" 10%\r 50%\r100%\r").text).toBe("100%");
  expect(parseLine("2025-11-21 is a day").atMs).toBeNull();
});

test("a search goes on where it stopped, and sees the last line grow", () => {
  const buffer = new LogBuffer();
  buffer.append("AUC 1\nloss\nau");
  const search = new LogSearch(buffer, "auc");
  expect(search.hits()).toEqual([0]);
  buffer.append("c 2\nauc 3\n");
  expect(search.hits()).toEqual([0, 2, 3]);
  expect(search.hits()).toEqual([0, 2, 3]);
  buffer.clear();
  expect(search.hits()).toEqual([]);
  expect(nextIndex([0, 2, 3], 2, 1)).toBe(3);
  expect(nextIndex([0, 2, 3], 3, 1)).toBe(0);
  expect(nextIndex([0, 2, 3], 0, -1)).toBe(3);
});

test("200,000 lines go in and are searched within two seconds", async () => {
  const buffer = new LogBuffer();
  const block = bytes(
    Array.from(
      { length: 1000 },
      (_, i) => `[${i}/1000] train auc 0.${i} valid auc 0.${i}
`,
    ).join(""),
  );
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let i = 0; i < 200; i++) controller.enqueue(block);
      controller.close();
    },
  });
  const begun = performance.now();
  await readIntoBuffer(buffer, stream);
  expect(new LogSearch(buffer, "[999/").hits()).toHaveLength(200);
  expect(buffer.length).toBe(200_000);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test("gives each line the time at which its first byte was written", () => {
  const buffer = new LogBuffer();
  const bytes = new TextEncoder().encode("one\ntwo\nthree\n");
  const marks = [
    [0, 1000],
    [6, 2000],
  ] as const;
  appendMarked(buffer, bytes.subarray(0, 5), marks, 8);
  appendMarked(buffer, bytes.subarray(5), marks, 8);
  expect([0, 1].map((index) => buffer.line(index)?.atMs)).toEqual([1000, 1000]);
  expect(Date.now() - (buffer.line(2)?.atMs ?? 0)).toBeLessThan(5000);
  expect(buffer.bytes).toBe(bytes.length);
});
