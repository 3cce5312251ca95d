import { describe, expect, it } from "vitest";
import { explainExit, findErrorLine } from "./run-failure.ts";

describe("the line that says what went wrong", () => {
  it("is the last exception of a traceback, also when other lines follow", () => {
    const tail = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: bad y\nbye\n';
    expect(findErrorLine(tail)).toBe("ValueError: bad y");
  });

  it("passes over warnings and colours, and takes the last line when there is no exception", () => {
    expect(findErrorLine("UserWarning: old\n\u001b[31mfile not found\u001b[0m\n\n")).toBe("file not found");
    expect(findErrorLine("sklearn.exceptions.NotFittedError: call fit\n")).toBe(
      "sklearn.exceptions.NotFittedError: call fit",
    );
    expect(findErrorLine("")).toBe("");
  });
});

describe("the reason of an end", () => {
  const base = { oomKilled: false, memoryMib: 4096, logTail: "KeyError: 'y'\n" };

  it("names the exit code and the last error", () => {
    expect(explainExit({ ...base, exitCode: 1 }).message).toBe(
      "The command ended with exit code 1: KeyError: 'y'",
    );
  });

  it("names the memory and what to do", () => {
    expect(explainExit({ ...base, exitCode: 137, oomKilled: true })).toEqual({
      code: "OUT_OF_MEMORY",
      message: "The run needed more than its 4 GiB of memory.",
      hint: "Run it again with 8 GiB, or read the data in parts.",
    });
  });

  it("names signals and missing programs", () => {
    expect(explainExit({ ...base, exitCode: 139, logTail: "" }).message).toBe(
      "The command was ended by SIGSEGV (exit code 139)",
    );
    expect(
      explainExit({ ...base, exitCode: 127, logTail: "/bin/sh: 1: pyton: not found\n" }).message,
    ).toMatch(/not found \(exit code 127\): \/bin\/sh: 1: pyton: not found/);
  });
});
