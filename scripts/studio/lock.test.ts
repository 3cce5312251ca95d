import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findMark } from "../services/processes.ts";
import { AlreadyRunning, takeLock } from "./lock.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "atelier-lock-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const file = () => join(home, "studio.lock");

it("is held by one process, which it names with its address", () => {
  const release = takeLock(home, "http://localhost:3000");
  expect(() => takeLock(home, "http://localhost:4000")).toThrow(AlreadyRunning);
  expect(() => takeLock(home, "x")).toThrow(`process ${process.pid}, http://localhost:3000, since 20`);
  release();
  takeLock(home, "http://localhost:4000")();
});

it("is taken over from a process that is dead, also when its number was given to another", () => {
  const alive = findMark(process.pid);
  for (const mark of [
    { pid: 2 ** 22 + 1, startedAt: "1" },
    { pid: alive?.pid, startedAt: "another start" },
  ]) {
    writeFileSync(file(), JSON.stringify({ mark, url: "http://old", since: "then" }));
    takeLock(home, "http://new");
    expect(JSON.parse(readFileSync(file(), "utf8")).url).toBe("http://new");
    rmSync(file());
  }
});

it("is taken over when its file was cut short", () => {
  writeFileSync(file(), '{"mark":');
  takeLock(home, "http://new")();
});
